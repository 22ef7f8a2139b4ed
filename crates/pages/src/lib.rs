//! Server-rendered HTML and SVG from view structs.
