//! Files in and out: Polis folders, CSV open data.
