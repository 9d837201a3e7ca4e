//! The learning path as a picture: where its stations, its track and its words lie.
//!
//! Entry points: [`wide()`], a route that winds from row to row, and [`narrow()`], one that goes straight
//! down. Both take the stops in order and give a [`Drawing`] for the template `path.html`. Units of
//! length are those of the drawing's `viewBox`, one of which is a CSS pixel at full size.

mod narrow;
mod picture;
mod station;
mod track;
mod wide;

pub(crate) use narrow::narrow;
pub(crate) use picture::Drawing;
pub(crate) use wide::wide;

use crate::learning::Completion;

/// A lesson on the path, before it has a place.
#[derive(Clone, Debug)]
pub(crate) struct PathStop {
    pub(crate) number: u32,
    pub(crate) title: String,
    /// The lesson's page.
    pub(crate) address: String,
    /// How far the learner is.
    pub(crate) state: Completion,
    /// The part that is done, from 0 to 1.
    pub(crate) share: f64,
    /// Whether it is the one to do next.
    pub(crate) next: bool,
    /// How far the learner is, in words: `1 of 3 questions`, `12 min`.
    pub(crate) words: String,
    /// Number and title of the unit that begins here.
    pub(crate) unit: Option<(u32, String)>,
}

#[cfg(test)]
#[path = "path_tests.rs"]
mod tests;
