//! Live counters, rate limits: in process.
