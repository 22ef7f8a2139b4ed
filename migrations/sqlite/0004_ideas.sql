-- The idea that the organizer put a proposal under.
ALTER TABLE proposal ADD COLUMN idea TEXT;
