-- How often each proposal was shown, by all servers together. Not votes: what a killed server had not added
-- yet is lost.
CREATE TABLE exposure (
    consultation_id BIGINT NOT NULL REFERENCES consultation (id),
    proposal        BIGINT NOT NULL,
    shown           BIGINT NOT NULL,
    PRIMARY KEY (consultation_id, proposal)
) WITH (
    -- Rows are updated again and again and no index with them: room for new versions in each page (HOT).
    fillfactor = 70
);
