//! The path that goes down, for narrow pages.

use super::PathStop;
use super::picture::{Anchor, Area, Drawing, Flag, Point, Station, TextLine};
use super::station::{LEADING, RING, station, wrap};
use super::track::track;
use crate::learning::Completion;

const NARROW: i32 = 360;
pub(super) const NARROW_TRACK: i32 = 20;
const NARROW_WORDS: i32 = 52;
const STEP: i32 = 76;
const UNIT_STEP: i32 = 48;
/// Characters of a title that fit on a line of the narrow drawing.
const NARROW_LINE: usize = 34;

/// The path that goes down, with the words beside it.
#[must_use]
pub(crate) fn narrow(stops: &[PathStop]) -> Drawing {
    let mut y = 0;
    let places: Vec<Point> = stops
        .iter()
        .enumerate()
        .map(|(index, stop)| {
            y += if index == 0 { RING + 10 } else { STEP };
            y += if stop.unit.is_some() { UNIT_STEP } else { 0 };
            Point { x: NARROW_TRACK, y }
        })
        .collect();
    Drawing {
        width: NARROW,
        height: y + 48,
        track: track(&places, |_| true),
        travelled: track(&places, |index| stops[index].state == Completion::Done),
        anchor: Anchor::Start,
        units: stops
            .iter()
            .zip(&places)
            .filter_map(|(stop, place)| narrow_flag(stop, *place))
            .collect(),
        stations: stops
            .iter()
            .zip(&places)
            .map(|(stop, place)| narrow_station(stop, *place))
            .collect(),
    }
}

fn narrow_station(stop: &PathStop, place: Point) -> Station {
    let mut lines = Vec::new();
    let mut y = place.y + 5;
    for text in wrap(&stop.title, NARROW_LINE, 2) {
        lines.push(TextLine {
            class: "station-title",
            x: NARROW_WORDS,
            y,
            text,
        });
        y += LEADING;
    }
    let aside = if stop.next { 56 } else { 0 };
    let text = stop.words.clone();
    lines.push(TextLine {
        class: "station-state",
        x: NARROW_WORDS + aside,
        y,
        text,
    });
    let reach = Area {
        x: 0,
        y: place.y - RING - 6,
        width: NARROW,
        height: y + 12 - (place.y - RING - 6),
    };
    let pennant = Point {
        x: NARROW_WORDS,
        y: y - 13,
    };
    station(stop, place, lines, reach, pennant)
}

fn narrow_flag(stop: &PathStop, place: Point) -> Option<Flag> {
    let (number, title) = stop.unit.clone()?;
    let y = place.y - RING - 24;
    let tick = format!("M{} {}h24", NARROW_TRACK - 12, y - 5);
    Some(Flag {
        x: NARROW_WORDS,
        y,
        tick,
        anchor: Anchor::Start,
        number,
        title,
    })
}
