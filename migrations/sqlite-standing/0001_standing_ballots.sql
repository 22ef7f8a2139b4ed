-- The projection of the embedded engine, in a file of its own: what is here is folded from the ledger and
-- can be folded again, so its commits need not wait for the disk, nor the ledger's for them. Without
-- foreign keys: a file has none into another.

CREATE TABLE projection (
    consultation_id INTEGER NOT NULL PRIMARY KEY,
    position        INTEGER NOT NULL,
    generation      INTEGER NOT NULL -- goes up when the fold starts again from nothing
) STRICT;

-- The last event of each participant on each proposal, unless it is a retraction. Codes as in the ledger.
CREATE TABLE standing_ballot (
    consultation_id INTEGER NOT NULL,
    participant     INTEGER NOT NULL,
    proposal        INTEGER NOT NULL,
    choice          INTEGER NOT NULL,
    qualifications  INTEGER NOT NULL,
    audience        INTEGER NOT NULL,
    channel         INTEGER NOT NULL,
    cast_at         INTEGER NOT NULL,
    PRIMARY KEY (consultation_id, participant, proposal)
) STRICT, WITHOUT ROWID;
