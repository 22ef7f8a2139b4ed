-- How often each proposal was shown. Not votes: what a killed server had not added yet is lost.
CREATE TABLE exposure (
    consultation_id INTEGER NOT NULL REFERENCES consultation (id),
    proposal        INTEGER NOT NULL,
    shown           INTEGER NOT NULL,
    PRIMARY KEY (consultation_id, proposal)
) STRICT, WITHOUT ROWID;
