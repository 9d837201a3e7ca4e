//! What the template draws: a track, units' names, stations with their words.

use serde::Serialize;

use crate::learning::Completion;

/// A picture of the path.
#[derive(Debug, Serialize)]
pub(crate) struct Drawing {
    pub(super) width: i32,
    pub(super) height: i32,
    /// The whole track.
    pub(super) track: String,
    /// The parts of the track that lead on from a lesson that is done.
    pub(super) travelled: String,
    pub(super) anchor: Anchor,
    pub(super) units: Vec<Flag>,
    pub(super) stations: Vec<Station>,
}

#[derive(Clone, Copy, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Anchor {
    Start,
    Middle,
    End,
}

/// A unit's name where the unit begins.
#[derive(Debug, Serialize)]
pub(super) struct Flag {
    pub(super) x: i32,
    pub(super) y: i32,
    pub(super) tick: String,
    pub(super) anchor: Anchor,
    pub(super) number: u32,
    pub(super) title: String,
}

#[derive(Debug, Serialize)]
pub(super) struct Station {
    pub(super) x: i32,
    pub(super) y: i32,
    pub(super) number: u32,
    pub(super) address: String,
    pub(super) state: Completion,
    /// The name of the link for those who do not see the picture.
    pub(super) label: String,
    /// A stroke along the ring for a lesson that is begun.
    pub(super) arc: Option<String>,
    /// Where the pennant of the next lesson hangs.
    pub(super) pennant: Option<Point>,
    /// What can be pressed.
    pub(super) reach: Area,
    pub(super) lines: Vec<TextLine>,
}

#[derive(Clone, Copy, Debug, Serialize)]
pub(super) struct Point {
    pub(super) x: i32,
    pub(super) y: i32,
}

#[derive(Debug, Serialize)]
pub(super) struct Area {
    pub(super) x: i32,
    pub(super) y: i32,
    pub(super) width: i32,
    pub(super) height: i32,
}

#[derive(Debug, Serialize)]
pub(super) struct TextLine {
    pub(super) class: &'static str,
    pub(super) x: i32,
    pub(super) y: i32,
    pub(super) text: String,
}
