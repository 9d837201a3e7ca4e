//! The engine with real processes: what a learner's server does, and what it cannot do.

mod limits;
mod lives;
mod serving;
mod stage;
