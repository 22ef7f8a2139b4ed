//! SQL adapter of the engine's ports.
