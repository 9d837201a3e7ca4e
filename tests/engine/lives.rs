//! Processes come and go, and leave nothing behind.
