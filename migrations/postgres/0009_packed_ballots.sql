-- Many ballots to a line (docs/adr/0011-many-ballots-to-a-line.md): a line of its own for each was most of what
-- appending and projecting cost.
--
-- A ballot takes 18 bytes, numbers with their highest byte first: proposal (4), cast_at (8), qualifications (2;
-- bits, from the lowest: like_it doable platitude_agree no_way impossible platitude_disagree not_understood
-- no_opinion do_not_care), audience (2; 0 not said, else the place in the consultation's list, from 1), choice
-- (1; 0 retracted, 1 agree, 2 disagree, 3 neutral), channel (1; 0 sequence, 1 explore, 2 widget, 3 assisted,
-- 4 import). An event has its participant (8) before them.

-- Servers of before this may still be at work: what they append waits from here on, and is refused once the tables
-- are new. In the order in which they take them, so that neither waits for the other.
LOCK TABLE ledger_head, ballot_event, projection, standing_ballot IN ACCESS EXCLUSIVE MODE;

-- The ledger: a line holds events that were appended together.
CREATE TABLE event_batch (
    position        BIGINT NOT NULL,   -- of its last event
    consultation_id INTEGER NOT NULL,
    events          SMALLINT NOT NULL, -- how many it holds, one after the other
    packed          BYTEA NOT NULL,
    PRIMARY KEY (consultation_id, position),
    CHECK (events > 0 AND octet_length(packed) = events * 26)
) WITH (
    -- A line never changes: freeze it the first time vacuum passes, and never come back to it.
    autovacuum_freeze_min_age = 0,
    -- The longest line is half a page: none is compressed or kept elsewhere.
    toast_tuple_target = 8160
);

INSERT INTO event_batch (consultation_id, position, events, packed)
SELECT consultation_id, MAX(position), COUNT(*), string_agg(
    int8send(participant) || int4send(proposal) || int8send(cast_at) || int2send(qualifications) ||
    int2send(audience) || substring(int2send(choice) FROM 2) || substring(int2send(channel) FROM 2),
    ''::BYTEA ORDER BY position)
FROM ballot_event
GROUP BY consultation_id, (position - 1) / 150;

DROP TABLE ballot_event;
DROP FUNCTION ballot_events_follow();

CREATE TRIGGER event_batch_is_never_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON event_batch
FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuses();

-- A new line joins the one before it and the one after it, if there is any, without a gap or an overlap, and
-- ends at the head at the latest. One statement: each costs as much as the line itself.
CREATE FUNCTION event_batch_follows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM ledger_head AS head
    WHERE head.consultation_id = NEW.consultation_id
      AND head.position >= NEW.position
      AND NEW.position - NEW.events = COALESCE((
          SELECT line.position FROM event_batch AS line
          WHERE line.consultation_id = NEW.consultation_id AND line.position < NEW.position
          ORDER BY line.position DESC LIMIT 1), 0)
      AND NEW.position = COALESCE((
          SELECT line.position - line.events FROM event_batch AS line
          WHERE line.consultation_id = NEW.consultation_id AND line.position > NEW.position
          ORDER BY line.position LIMIT 1), NEW.position);
    IF NOT FOUND THEN
        RAISE EXCEPTION 'the ledger is append-only: an event follows the one before it, up to the head';
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER event_batch_follows_the_one_before AFTER INSERT ON event_batch
FOR EACH ROW EXECUTE FUNCTION event_batch_follows();

-- What stands, a line for each participant, folded again from the ledger.
CREATE TABLE participant_ballots (
    participant     BIGINT NOT NULL,
    consultation_id INTEGER NOT NULL,
    ballots         INTEGER NOT NULL, -- how many stand, one after the other in the order of proposals
    packed          BYTEA NOT NULL,
    PRIMARY KEY (consultation_id, participant),
    CHECK (ballots > 0 AND octet_length(packed) = ballots * 18)
) WITH (
    -- Who votes writes their line several times within minutes: room for its next version in the same page,
    -- so that no index is touched (HOT).
    fillfactor = 50,
    toast_tuple_target = 8160,
    autovacuum_vacuum_scale_factor = 0.05,
    autovacuum_vacuum_insert_scale_factor = 0.05,
    autovacuum_analyze_scale_factor = 0.05
);

DROP TABLE standing_ballot;
UPDATE projection SET position = 0, generation = generation + 1;
