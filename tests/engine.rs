//! The engine with real processes: what a learner's server does, and what it cannot do.

mod attacks;
mod bun;
mod databases;
mod languages;
mod limits;
mod lives;
mod memory;
mod own;
mod passwords;
mod processes;
mod prototypes;
mod rewriting;
mod scripts;
mod serving;
mod stage;
mod stops;
mod thrown;
mod writes;
