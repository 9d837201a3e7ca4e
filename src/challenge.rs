//! Challenges: a learner's code is checked by what it does.
//!
//! A check is a story in `checks.js` that the learner's browser acts out with real clients. The server
//! has three parts in it: it reads what the checks say about themselves ([`Outline`]), gives each check
//! of an attempt a sandbox of its own ([`Trial`]), and holds what a check claims about the traffic against the log
//! that it has itself written ([`Claim`](crate::claim::Claim)).

mod authored;
mod claim;
mod open_steps;
mod outline;
mod stories;
mod trial;

pub(crate) use authored::AuthoredFault;
pub(crate) use open_steps::OpenSteps;
pub(crate) use outline::{Outline, read};
pub(crate) use stories::{as_checks, read_stories};
pub(crate) use trial::{EndedCheck, NoStage, Stage, Trial, Trials};
