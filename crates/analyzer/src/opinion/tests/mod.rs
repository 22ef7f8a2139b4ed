//! Opinion groups against real outputs, planted groups and noise.
