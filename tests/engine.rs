//! The engine with real processes: what a learner's server does, and what it cannot do.

mod attacks;
mod limits;
mod lives;
mod processes;
mod serving;
mod stage;
mod stops;
