//! HTTP to use-cases and back.
