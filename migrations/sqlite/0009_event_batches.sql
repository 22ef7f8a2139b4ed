-- The ledger's lines hold the events that were appended together, each packed into 26 bytes
-- (docs/adr/0011-events-share-a-line.md): a line of its own for each cost most of what an append took.
CREATE TABLE event_batch (
    consultation_id INTEGER NOT NULL REFERENCES consultation (id),
    position        INTEGER NOT NULL, -- of its last event
    events          INTEGER NOT NULL, -- how many it holds, one after the other
    -- An event, highest bytes first: participant (8), proposal (4), cast_at (8), qualifications (2), audience (2),
    -- choice (1), channel (1), in the codes of standing_ballot; choice 0 is a retraction.
    packed          BLOB NOT NULL,
    PRIMARY KEY (consultation_id, position),
    CHECK (events > 0 AND length(packed) = events * 26)
) STRICT, WITHOUT ROWID;

INSERT INTO event_batch (consultation_id, position, events, packed)
SELECT consultation_id, MAX(position), COUNT(*), unhex(group_concat(
    printf('%016X%08X%016X%04X%04X%02X%02X', participant, proposal, cast_at, qualifications, audience, choice, channel),
    '' ORDER BY position))
FROM ballot_event
GROUP BY consultation_id, (position - 1) / 150;

DROP TABLE ballot_event;

-- Fires before REPLACE can remove anything.
CREATE TRIGGER event_batch_follows_the_one_before BEFORE INSERT ON event_batch
WHEN NEW.position > (SELECT position FROM ledger_head WHERE consultation_id = NEW.consultation_id)
  OR NEW.position - NEW.events <> COALESCE(
      (SELECT MAX(position) FROM event_batch WHERE consultation_id = NEW.consultation_id), 0)
BEGIN SELECT RAISE (ABORT, 'the ledger is append-only: an event follows the one before it, up to the head'); END;

CREATE TRIGGER event_batch_is_never_changed BEFORE UPDATE ON event_batch
BEGIN SELECT RAISE (ABORT, 'the ledger is append-only: events are never changed'); END;

CREATE TRIGGER event_batch_is_never_deleted BEFORE DELETE ON event_batch
BEGIN SELECT RAISE (ABORT, 'the ledger is append-only: events are never deleted'); END;
