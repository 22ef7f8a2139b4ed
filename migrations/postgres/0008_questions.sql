-- What participants are asked about themselves: a JSON document, read and written whole.
ALTER TABLE consultation ADD COLUMN questions TEXT NOT NULL DEFAULT '[]';

-- What they answered last, as a JSON document; a row without answers says that they were asked and prefer not to
-- say. Not part of the ledger: a participant who wants to be forgotten takes it away.
CREATE TABLE participant_answers (
    consultation_id BIGINT NOT NULL REFERENCES consultation (id),
    participant     BIGINT NOT NULL,
    answers         TEXT NOT NULL,
    answered_at     BIGINT NOT NULL,
    PRIMARY KEY (consultation_id, participant)
);
