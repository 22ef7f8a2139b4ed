//! Use-cases of a consultation and the small ports they need.
