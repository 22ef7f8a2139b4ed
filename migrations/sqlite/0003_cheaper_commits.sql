-- The projection lives in a file of its own (migrations/sqlite-standing), where it is folded again from the
-- ledger: nothing is lost here.
DROP TABLE standing_ballot;
DROP TABLE projection;
