//! Test databases, builders, fixed clock and contract suites; dev only.
