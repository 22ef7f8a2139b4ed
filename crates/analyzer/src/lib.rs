//! Statistics over a vote table: same input and seed, same bytes out.
