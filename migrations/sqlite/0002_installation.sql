-- What all servers of an installation share: one row.
CREATE TABLE installation (
    id              INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    -- The secret under cookies and vote keys; absent until the first server needs one.
    secret          TEXT,
    -- The last number given to a running server.
    last_node       INTEGER NOT NULL
) STRICT;

INSERT INTO installation (id, secret, last_node) VALUES (1, NULL, 0);
