-- New lines follow the ones before them, without a gap, up to the head: as before, asked one run of lines
-- at a time. In one statement with an EXISTS of all runs, the plan made while the ledger was empty read the
-- whole ledger into a hash at every append.
CREATE OR REPLACE FUNCTION ballot_events_follow() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    run RECORD;
BEGIN
    FOR run IN
        SELECT consultation_id, MIN(position) AS first, MAX(position) AS last, COUNT(*) AS lines
        FROM inserted
        GROUP BY consultation_id
    LOOP
        PERFORM 1 FROM ledger_head AS head
        WHERE head.consultation_id = run.consultation_id AND head.position >= run.last;
        IF NOT FOUND OR run.lines <> run.last - run.first + 1 OR run.first < 1 THEN
            RAISE EXCEPTION 'the ledger is append-only: an event follows the one before it, up to the head';
        END IF;
        IF run.first > 1 THEN
            PERFORM 1 FROM ballot_event AS before
            WHERE before.consultation_id = run.consultation_id AND before.position = run.first - 1;
            IF NOT FOUND THEN
                RAISE EXCEPTION 'the ledger is append-only: an event follows the one before it, up to the head';
            END IF;
        END IF;
    END LOOP;
    RETURN NULL;
END $$;

-- (SQLite's half of this step moves its projection into a file of its own. Here a projection that stands
-- nowhere yet needs no row any more; rows made with their consultations stay.)
