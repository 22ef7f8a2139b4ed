-- What organizers set of a consultation's pages: a JSON document, read and written whole.
ALTER TABLE consultation ADD COLUMN presentation TEXT NOT NULL DEFAULT '{}';
