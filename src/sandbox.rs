//! Sandboxes: the live thing that a draft runs in.
