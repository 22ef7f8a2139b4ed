-- Records, ledger and projection of an installation. Times are milliseconds since 1970 (UTC); words
-- are those of docs/GLOSSARY.md; small codes are spelled out beside their column.

CREATE TABLE consultation (
    id              INTEGER PRIMARY KEY,
    slug            TEXT NOT NULL UNIQUE,
    organisation    TEXT NOT NULL,
    question        TEXT NOT NULL,
    introduction    TEXT NOT NULL,
    language        TEXT NOT NULL,
    origin          TEXT NOT NULL,
    -- JSON documents: read and written whole, never searched.
    rules           TEXT NOT NULL,
    audiences       TEXT NOT NULL,
    themes          TEXT NOT NULL,
    calendar        TEXT NOT NULL,
    -- Goes up with every change of this row or of one of its proposals.
    revision        INTEGER NOT NULL,
    -- The last proposal number given out.
    last_number     INTEGER NOT NULL,
    created_at      INTEGER NOT NULL
) STRICT;

CREATE TABLE proposal (
    consultation_id INTEGER NOT NULL REFERENCES consultation (id),
    number          INTEGER NOT NULL,
    text            TEXT NOT NULL,
    author          INTEGER,
    submitted_at    INTEGER NOT NULL,
    status          TEXT NOT NULL,
    refusal_reason  TEXT,
    theme           TEXT,
    -- The consultation's revision at the last change of this row.
    revision        INTEGER NOT NULL,
    PRIMARY KEY (consultation_id, number)
) STRICT, WITHOUT ROWID;

CREATE INDEX proposal_by_revision ON proposal (consultation_id, revision, number);

CREATE INDEX proposal_by_author ON proposal (consultation_id, author) WHERE author IS NOT NULL;

-- The place of the last event. Its row lock orders the commits of a consultation.
CREATE TABLE ledger_head (
    consultation_id INTEGER NOT NULL PRIMARY KEY REFERENCES consultation (id),
    position        INTEGER NOT NULL
) STRICT;

CREATE TRIGGER ledger_head_only_moves_on BEFORE UPDATE ON ledger_head
WHEN NEW.position < OLD.position
BEGIN SELECT RAISE (ABORT, 'the ledger is append-only: its head never moves back'); END;

CREATE TRIGGER ledger_head_stays BEFORE DELETE ON ledger_head
BEGIN SELECT RAISE (ABORT, 'the ledger is append-only: its head is never deleted'); END;

-- The ledger: one line a ballot cast or retracted.
CREATE TABLE ballot_event (
    consultation_id INTEGER NOT NULL REFERENCES consultation (id),
    position        INTEGER NOT NULL,
    participant     INTEGER NOT NULL,
    proposal        INTEGER NOT NULL,
    choice          INTEGER NOT NULL, -- 0 retracted, 1 agree, 2 disagree, 3 neutral
    qualifications  INTEGER NOT NULL, -- bits, from the lowest: like_it doable platitude_agree no_way impossible platitude_disagree not_understood no_opinion do_not_care
    audience        INTEGER NOT NULL, -- 0 not said, else the place in the consultation's list, from 1
    channel         INTEGER NOT NULL, -- 0 sequence, 1 explore, 2 widget, 3 assisted, 4 import
    cast_at         INTEGER NOT NULL,
    PRIMARY KEY (consultation_id, position)
) STRICT, WITHOUT ROWID;

-- Fires before REPLACE can remove anything. Two look-ups for each event: more would cost as much as the
-- event itself.
CREATE TRIGGER ballot_event_follows_the_one_before BEFORE INSERT ON ballot_event
WHEN NEW.position > (SELECT position FROM ledger_head WHERE consultation_id = NEW.consultation_id)
  OR NEW.position <> 1 + COALESCE(
      (SELECT MAX(position) FROM ballot_event WHERE consultation_id = NEW.consultation_id), 0)
BEGIN SELECT RAISE (ABORT, 'the ledger is append-only: an event follows the one before it, up to the head'); END;

CREATE TRIGGER ballot_event_is_never_changed BEFORE UPDATE ON ballot_event
BEGIN SELECT RAISE (ABORT, 'the ledger is append-only: events are never changed'); END;

CREATE TRIGGER ballot_event_is_never_deleted BEFORE DELETE ON ballot_event
BEGIN SELECT RAISE (ABORT, 'the ledger is append-only: events are never deleted'); END;

-- Where the fold of the ledger into the standing ballots has come to.
CREATE TABLE projection (
    consultation_id INTEGER NOT NULL PRIMARY KEY REFERENCES consultation (id),
    position        INTEGER NOT NULL,
    generation      INTEGER NOT NULL -- goes up when the fold starts again from nothing
) STRICT;

-- The last event of each participant on each proposal, unless it is a retraction. Codes as above.
CREATE TABLE standing_ballot (
    consultation_id INTEGER NOT NULL REFERENCES consultation (id),
    participant     INTEGER NOT NULL,
    proposal        INTEGER NOT NULL,
    choice          INTEGER NOT NULL,
    qualifications  INTEGER NOT NULL,
    audience        INTEGER NOT NULL,
    channel         INTEGER NOT NULL,
    cast_at         INTEGER NOT NULL,
    PRIMARY KEY (consultation_id, participant, proposal)
) STRICT, WITHOUT ROWID;

CREATE TABLE report (
    id              INTEGER PRIMARY KEY,
    consultation_id INTEGER NOT NULL REFERENCES consultation (id),
    kind            TEXT NOT NULL, -- live, published
    made_at         INTEGER NOT NULL,
    position        INTEGER NOT NULL,
    body            TEXT NOT NULL
) STRICT;

CREATE INDEX report_by_consultation ON report (consultation_id, kind, made_at, id);

-- One row, written to find out whether writing works.
CREATE TABLE heartbeat (
    id              INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    beat_at         INTEGER NOT NULL
) STRICT;
