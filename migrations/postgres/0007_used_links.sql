-- Links that work once and were used, until they would have expired anyway.
CREATE TABLE used_link (
    nonce      BIGINT PRIMARY KEY,
    expires_at BIGINT NOT NULL
);
