//! The store: what is kept about learners, in SQLite.
