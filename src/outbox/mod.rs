//! Out to wallet backends.
