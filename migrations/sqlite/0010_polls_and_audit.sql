-- The ledger belongs to a poll, proposals become its items, and staff leave an audit trail
-- (docs/adr/0012-polls-and-items.md, docs/adr/0013-a-desk-and-an-audit-trail.md).

-- One ballot box. A consultation takes the number of its first poll, so both share one number space.
CREATE TABLE poll (
    id              INTEGER PRIMARY KEY,
    consultation_id INTEGER NOT NULL REFERENCES consultation (id) DEFERRABLE INITIALLY DEFERRED,
    kind            TEXT NOT NULL, -- opinion, reaction, dots, ranking: names the choices, codes 1 to n
    strata          TEXT NOT NULL, -- audience, table_by_audience: the meaning of a ballot's audience code
    opens_at        INTEGER,       -- no dates: it follows the consultation's calendar
    closes_at       INTEGER,
    -- The last item number given out.
    last_item       INTEGER NOT NULL,
    -- 1 once its ledger may be deleted.
    erasable        INTEGER NOT NULL CHECK (erasable IN (0, 1)),
    -- Goes up with every change of one of its items.
    revision        INTEGER NOT NULL
) STRICT;

CREATE INDEX poll_by_consultation ON poll (consultation_id);

INSERT INTO poll (id, consultation_id, kind, strata, last_item, erasable, revision)
SELECT id, id, 'opinion', 'audience', last_number, 0, revision FROM consultation;

ALTER TABLE consultation DROP COLUMN last_number;

CREATE TRIGGER poll_stays_erasable BEFORE UPDATE OF erasable ON poll
WHEN NEW.erasable < OLD.erasable
BEGIN SELECT RAISE (ABORT, 'a poll that is erasable stays so'); END;

-- Everything moderated or voted on.
CREATE TABLE item (
    poll_id         INTEGER NOT NULL REFERENCES poll (id),
    number          INTEGER NOT NULL,
    text            TEXT NOT NULL,
    author          INTEGER,
    submitted_at    INTEGER NOT NULL,
    status          TEXT NOT NULL,
    refusal_reason  TEXT,
    theme           TEXT,
    idea            TEXT,
    -- The poll's revision at the last change of this row.
    revision        INTEGER NOT NULL,
    PRIMARY KEY (poll_id, number)
) STRICT, WITHOUT ROWID;

INSERT INTO item (poll_id, number, text, author, submitted_at, status, refusal_reason, theme, idea, revision)
SELECT consultation_id, number, text, author, submitted_at, status, refusal_reason, theme, idea, revision
FROM proposal;

DROP TABLE proposal;

CREATE INDEX item_by_revision ON item (poll_id, revision, number);

CREATE INDEX item_by_author ON item (poll_id, author) WHERE author IS NOT NULL;

-- From one item to those that came of it: merged, split, reworded, answered by a project. Areas only insert.
CREATE TABLE lineage (
    from_poll       INTEGER NOT NULL REFERENCES poll (id),
    from_item       INTEGER NOT NULL,
    to_poll         INTEGER NOT NULL REFERENCES poll (id),
    to_item         INTEGER NOT NULL,
    relation        TEXT NOT NULL,
    reason          TEXT,
    at              INTEGER NOT NULL,
    PRIMARY KEY (from_poll, from_item, to_poll, to_item, relation)
) STRICT, WITHOUT ROWID;

-- The ledger under its poll. Its rows are copied as they are.
CREATE TABLE poll_ledger_head (
    poll_id         INTEGER NOT NULL PRIMARY KEY REFERENCES poll (id),
    position        INTEGER NOT NULL
) STRICT;

INSERT INTO poll_ledger_head (poll_id, position) SELECT consultation_id, position FROM ledger_head;

CREATE TABLE poll_event_batch (
    poll_id         INTEGER NOT NULL REFERENCES poll (id),
    position        INTEGER NOT NULL, -- of its last event
    events          INTEGER NOT NULL, -- how many it holds, one after the other, as 0009 says
    packed          BLOB NOT NULL,
    PRIMARY KEY (poll_id, position),
    CHECK (events > 0 AND length(packed) = events * 26)
) STRICT, WITHOUT ROWID;

INSERT INTO poll_event_batch (poll_id, position, events, packed)
SELECT consultation_id, position, events, packed FROM event_batch;

DROP TABLE event_batch;
DROP TABLE ledger_head;
ALTER TABLE poll_ledger_head RENAME TO ledger_head;
ALTER TABLE poll_event_batch RENAME TO event_batch;

CREATE TRIGGER ledger_head_only_moves_on BEFORE UPDATE ON ledger_head
WHEN NEW.poll_id <> OLD.poll_id OR NEW.position < OLD.position
  AND (SELECT erasable FROM poll WHERE id = OLD.poll_id) IS NOT 1
BEGIN SELECT RAISE (ABORT, 'the ledger is append-only: its head never moves back'); END;

CREATE TRIGGER ledger_head_stays BEFORE DELETE ON ledger_head
BEGIN SELECT RAISE (ABORT, 'the ledger is append-only: its head is never deleted'); END;

-- Fires before REPLACE can remove anything.
CREATE TRIGGER event_batch_follows_the_one_before BEFORE INSERT ON event_batch
WHEN NEW.position > (SELECT position FROM ledger_head WHERE poll_id = NEW.poll_id)
  OR NEW.position - NEW.events <> COALESCE(
      (SELECT MAX(position) FROM event_batch WHERE poll_id = NEW.poll_id), 0)
BEGIN SELECT RAISE (ABORT, 'the ledger is append-only: an event follows the one before it, up to the head'); END;

CREATE TRIGGER event_batch_is_never_changed BEFORE UPDATE ON event_batch
BEGIN SELECT RAISE (ABORT, 'the ledger is append-only: events are never changed'); END;

CREATE TRIGGER event_batch_is_never_deleted BEFORE DELETE ON event_batch
WHEN (SELECT erasable FROM poll WHERE id = OLD.poll_id) IS NOT 1
BEGIN SELECT RAISE (ABORT, 'the ledger is append-only: events are never deleted'); END;

-- How often each item was shown.
CREATE TABLE poll_exposure (
    poll_id         INTEGER NOT NULL REFERENCES poll (id),
    item            INTEGER NOT NULL,
    shown           INTEGER NOT NULL,
    PRIMARY KEY (poll_id, item)
) STRICT, WITHOUT ROWID;

INSERT INTO poll_exposure (poll_id, item, shown) SELECT consultation_id, proposal, shown FROM exposure;

DROP TABLE exposure;
ALTER TABLE poll_exposure RENAME TO exposure;

-- (What stands is in a file of its own: migrations/sqlite-standing.)

-- The last entry of the audit trail; its update orders the commits of staff.
CREATE TABLE audit_head (
    id              INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    position        INTEGER NOT NULL,
    hash            BLOB NOT NULL
) STRICT;

INSERT INTO audit_head (id, position, hash) VALUES (1, 0, zeroblob(32));

-- Who did what, when: each entry holds the SHA-256 of the one before it.
CREATE TABLE audit_entry (
    position        INTEGER NOT NULL PRIMARY KEY,
    at              INTEGER NOT NULL,
    actor           TEXT NOT NULL,
    action          TEXT NOT NULL,
    phase           TEXT NOT NULL, -- done; begun and ended of a long act
    consultation_id INTEGER,       -- none: the installation
    subject         TEXT NOT NULL, -- by number, never a text
    detail_digest   BLOB NOT NULL, -- SHA-256 of salt and detail
    prev_hash       BLOB NOT NULL,
    hash            BLOB NOT NULL
) STRICT;

CREATE INDEX audit_entry_by_consultation ON audit_entry (consultation_id, position);

-- Before and after, beside the chain: emptied, the chain still verifies.
CREATE TABLE audit_detail (
    position        INTEGER NOT NULL PRIMARY KEY,
    salt            BLOB,
    detail          TEXT,
    erased_at       INTEGER
) STRICT;

-- The end of the entries that were cut when their retention ended, signed under the installation's secret.
CREATE TABLE audit_checkpoint (
    id              INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    position        INTEGER NOT NULL,
    hash            BLOB NOT NULL,
    cut_at          INTEGER NOT NULL,
    signature       BLOB NOT NULL
) STRICT;

CREATE TRIGGER audit_entry_is_never_changed BEFORE UPDATE ON audit_entry
BEGIN SELECT RAISE (ABORT, 'the audit trail is append-only: entries are never changed'); END;

CREATE TRIGGER audit_entry_is_never_deleted BEFORE DELETE ON audit_entry
WHEN OLD.position > COALESCE((SELECT position FROM audit_checkpoint), 0)
BEGIN SELECT RAISE (ABORT, 'the audit trail is append-only: entries go at a checkpoint alone'); END;

-- Fires before REPLACE can remove anything.
CREATE TRIGGER audit_entry_is_never_replaced BEFORE INSERT ON audit_entry
WHEN EXISTS (SELECT 1 FROM audit_entry WHERE position = NEW.position)
BEGIN SELECT RAISE (ABORT, 'the audit trail is append-only: entries are never replaced'); END;
