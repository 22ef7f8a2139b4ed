-- What stands belongs to a poll; the projection holds its own counts, so that figures need no recount.
ALTER TABLE participant_ballots RENAME COLUMN consultation_id TO poll_id;
ALTER TABLE projection RENAME COLUMN consultation_id TO poll_id;
ALTER TABLE projection ADD COLUMN ballots INTEGER NOT NULL DEFAULT 0;
ALTER TABLE projection ADD COLUMN participants INTEGER NOT NULL DEFAULT 0;

UPDATE projection SET
    ballots = (SELECT COALESCE(SUM(ballots), 0) FROM participant_ballots AS theirs
               WHERE theirs.poll_id = projection.poll_id),
    participants = (SELECT COUNT(*) FROM participant_ballots AS theirs
                    WHERE theirs.poll_id = projection.poll_id);
