//! The path that winds, for wide pages.

use super::PathStop;
use super::picture::{Anchor, Area, Drawing, Flag, Point, Station, TextLine};
use super::station::{LEADING, RING, station, wrap};
use super::track::track;
use crate::learning::Completion;

pub(super) const WIDE: i32 = 1104;
/// On either side, for the turns.
const MARGIN: i32 = 40;
/// From a row to the next.
const ROW: i32 = 144;
/// The same where something stands above the next row's stations.
const TALL_ROW: i32 = 184;
const WIDE_TOP: i32 = 72;
/// From the last row's stations to the end of their words.
const WIDE_FOOT: i32 = 96;
const MOST_COLUMNS: usize = 6;
const LEAST_COLUMNS: usize = 4;

/// The path that winds: six stations a row, to the right and back to the left.
#[must_use]
pub(crate) fn wide(stops: &[PathStop]) -> Drawing {
    let columns = stops.len().clamp(LEAST_COLUMNS, MOST_COLUMNS);
    let pitch = (WIDE - 2 * MARGIN) / length(columns);
    let rows = rows(stops, columns);
    let places: Vec<Point> = (0..stops.len())
        .map(|index| winding(index, columns, pitch, &rows))
        .collect();
    let station = |(stop, place): (&PathStop, &Point)| wide_station(stop, *place, pitch);
    Drawing {
        width: WIDE,
        height: rows.last().unwrap_or(&WIDE_TOP) + WIDE_FOOT,
        track: track(&places, |_| true),
        travelled: track(&places, |index| stops[index].state == Completion::Done),
        anchor: Anchor::Middle,
        units: stops
            .iter()
            .zip(&places)
            .filter_map(|(stop, place)| wide_flag(stop, *place))
            .collect(),
        stations: stops.iter().zip(&places).map(station).collect(),
    }
}

/// How far down each row's stations stand.
fn rows(stops: &[PathStop], columns: usize) -> Vec<i32> {
    let mut y = 0;
    let mut rows = Vec::new();
    for row in stops.chunks(columns) {
        let has_flag = row.iter().any(|stop| stop.unit.is_some() || stop.next);
        y += match (rows.is_empty(), has_flag) {
            (true, _) => WIDE_TOP,
            (false, true) => TALL_ROW,
            (false, false) => ROW,
        };
        rows.push(y);
    }
    rows
}

/// The place of a station on the winding path.
fn winding(index: usize, columns: usize, pitch: i32, rows: &[i32]) -> Point {
    let row = index / columns;
    let along = index % columns;
    let column = if row.is_multiple_of(2) {
        along
    } else {
        columns - 1 - along
    };
    Point {
        x: MARGIN + pitch / 2 + length(column) * pitch,
        y: rows[row],
    }
}

fn wide_station(stop: &PathStop, place: Point, pitch: i32) -> Station {
    // A letter of the text face at 16 px and this weight is about 9 px wide.
    let most = usize::try_from(pitch / 9).unwrap_or(18);
    let mut lines = Vec::new();
    let mut y = place.y + RING + 28;
    for text in wrap(&stop.title, most, 2) {
        lines.push(TextLine {
            class: "station-title",
            x: place.x,
            y,
            text,
        });
        y += LEADING;
    }
    lines.push(TextLine {
        class: "station-state",
        x: place.x,
        y,
        text: stop.words.clone(),
    });
    let reach = Area {
        x: place.x - pitch / 2 + 4,
        y: place.y - RING - 8,
        width: pitch - 8,
        height: y + 10 - (place.y - RING - 8),
    };
    let pennant = Point {
        x: place.x,
        y: place.y - RING - 28,
    };
    station(stop, place, lines, reach, pennant)
}

fn wide_flag(stop: &PathStop, place: Point) -> Option<Flag> {
    let (number, title) = stop.unit.clone()?;
    let (x, y) = (place.x, place.y - RING - 40);
    let anchor = if x > WIDE * 2 / 3 {
        Anchor::End
    } else {
        Anchor::Start
    };
    Some(Flag {
        x,
        y,
        tick: format!("M{x} {}V{}", y + 7, place.y - RING),
        anchor,
        number,
        title,
    })
}

/// A count as a length; there are never two thousand million lessons.
fn length(count: usize) -> i32 {
    i32::try_from(count).unwrap_or(i32::MAX)
}
