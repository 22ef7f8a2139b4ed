-- Many ballots to a line (docs/adr/0011-many-ballots-to-a-line.md): a line of its own for each was most of what
-- appending and projecting cost.
--
-- A ballot takes 18 bytes, numbers with their highest byte first: proposal (4), cast_at (8), qualifications (2;
-- bits, from the lowest: like_it doable platitude_agree no_way impossible platitude_disagree not_understood
-- no_opinion do_not_care), audience (2; 0 not said, else the place in the consultation's list, from 1), choice
-- (1; 0 retracted, 1 agree, 2 disagree, 3 neutral), channel (1; 0 sequence, 1 explore, 2 widget, 3 assisted,
-- 4 import). An event has its participant (8) before them.

-- The ledger: a line holds events that were appended together.
CREATE TABLE event_batch (
    consultation_id INTEGER NOT NULL REFERENCES consultation (id),
    position        INTEGER NOT NULL, -- of its last event
    events          INTEGER NOT NULL, -- how many it holds, one after the other
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

-- (What stands is in a file of its own: migrations/sqlite-standing.)
