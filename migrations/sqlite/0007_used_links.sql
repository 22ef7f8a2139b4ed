-- Links that work once and were used, until they would have expired anyway.
CREATE TABLE used_link (
    nonce      INTEGER PRIMARY KEY,
    expires_at INTEGER NOT NULL
) STRICT;
