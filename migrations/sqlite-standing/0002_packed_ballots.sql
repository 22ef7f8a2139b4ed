-- What stands, a line for each participant, folded again from the ledger; packed as migrations/sqlite/0009 says.
-- With a rowid: a line of up to 225 ballots is then in one page, where a key's tree keeps 55 at most.
CREATE TABLE participant_ballots (
    consultation_id INTEGER NOT NULL,
    participant     INTEGER NOT NULL,
    ballots         INTEGER NOT NULL, -- how many stand, one after the other in the order of proposals
    packed          BLOB NOT NULL,
    PRIMARY KEY (consultation_id, participant),
    CHECK (ballots > 0 AND length(packed) = ballots * 18)
) STRICT;

DROP TABLE standing_ballot;
UPDATE projection SET position = 0, generation = generation + 1;
