//! The learning path as a picture: where its stations, its track and its words lie.
//!
//! Entry points: [`wide`], a route that winds from row to row, and [`narrow`], one that goes straight
//! down. Both take the stops in order and give a [`Drawing`] for the template `path.html`. Units of
//! length are those of the drawing's `viewBox`, one of which is a CSS pixel at full size.

use std::f64::consts::TAU;
use std::fmt::Write as _;

use serde::Serialize;

use super::progress::State;

/// A lesson on the path, before it has a place.
#[derive(Clone, Debug)]
pub struct Stop {
    /// The lesson's number.
    pub number: u32,
    /// The lesson's title.
    pub title: String,
    /// The lesson's page.
    pub address: String,
    /// How far the learner is.
    pub state: State,
    /// The part that is done, from 0 to 1.
    pub share: f64,
    /// Whether it is the one to do next.
    pub next: bool,
    /// How far the learner is, in words: `1 of 3 questions`, `12 min`.
    pub words: String,
    /// Number and title of the unit that begins here.
    pub unit: Option<(u32, String)>,
}

/// A picture of the path.
#[derive(Debug, Serialize)]
pub struct Drawing {
    width: i32,
    height: i32,
    /// The whole track.
    track: String,
    /// The parts of the track that lead on from a lesson that is done.
    travelled: String,
    anchor: Anchor,
    units: Vec<Flag>,
    stations: Vec<Station>,
}

#[derive(Clone, Copy, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
enum Anchor {
    Start,
    Middle,
    End,
}

/// A unit's name where the unit begins.
#[derive(Debug, Serialize)]
struct Flag {
    x: i32,
    y: i32,
    tick: String,
    anchor: Anchor,
    number: u32,
    title: String,
}

#[derive(Debug, Serialize)]
struct Station {
    x: i32,
    y: i32,
    number: u32,
    address: String,
    state: State,
    /// The name of the link for those who do not see the picture.
    label: String,
    /// A stroke along the ring for a lesson that is begun.
    arc: Option<String>,
    /// Where the pennant of the next lesson hangs.
    pennant: Option<Place>,
    /// What can be pressed.
    reach: Area,
    lines: Vec<Line>,
}

#[derive(Clone, Copy, Debug, Serialize)]
struct Place {
    x: i32,
    y: i32,
}

#[derive(Debug, Serialize)]
struct Area {
    x: i32,
    y: i32,
    width: i32,
    height: i32,
}

#[derive(Debug, Serialize)]
struct Line {
    class: &'static str,
    x: i32,
    y: i32,
    text: String,
}

/// Radius of a station's ring.
const RING: i32 = 14;
/// Between two lines of a title.
const LEADING: i32 = 20;
/// Radius of the track's turns.
const TURN: i32 = 28;

const WIDE: i32 = 1104;
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

const NARROW: i32 = 360;
const NARROW_TRACK: i32 = 20;
const NARROW_WORDS: i32 = 52;
const STEP: i32 = 76;
const UNIT_STEP: i32 = 48;
/// Characters of a title that fit on a line of the narrow drawing.
const NARROW_LINE: usize = 34;

/// The path that winds: six stations a row, to the right and back to the left.
#[must_use]
pub fn wide(stops: &[Stop]) -> Drawing {
    let columns = stops.len().clamp(LEAST_COLUMNS, MOST_COLUMNS);
    let pitch = (WIDE - 2 * MARGIN) / length(columns);
    let rows = rows(stops, columns);
    let places: Vec<Place> = (0..stops.len())
        .map(|index| winding(index, columns, pitch, &rows))
        .collect();
    let station = |(stop, place): (&Stop, &Place)| wide_station(stop, *place, pitch);
    Drawing {
        width: WIDE,
        height: rows.last().unwrap_or(&WIDE_TOP) + WIDE_FOOT,
        track: track(&places, |_| true),
        travelled: track(&places, |index| stops[index].state == State::Done),
        anchor: Anchor::Middle,
        units: stops
            .iter()
            .zip(&places)
            .filter_map(|(stop, place)| wide_flag(stop, *place))
            .collect(),
        stations: stops.iter().zip(&places).map(station).collect(),
    }
}

/// The path that goes down, with the words beside it.
#[must_use]
pub fn narrow(stops: &[Stop]) -> Drawing {
    let mut y = 0;
    let places: Vec<Place> = stops
        .iter()
        .enumerate()
        .map(|(index, stop)| {
            y += if index == 0 { RING + 10 } else { STEP };
            y += if stop.unit.is_some() { UNIT_STEP } else { 0 };
            Place { x: NARROW_TRACK, y }
        })
        .collect();
    Drawing {
        width: NARROW,
        height: y + 48,
        track: track(&places, |_| true),
        travelled: track(&places, |index| stops[index].state == State::Done),
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

/// How far down each row's stations stand.
fn rows(stops: &[Stop], columns: usize) -> Vec<i32> {
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
fn winding(index: usize, columns: usize, pitch: i32, rows: &[i32]) -> Place {
    let row = index / columns;
    let along = index % columns;
    let column = if row.is_multiple_of(2) {
        along
    } else {
        columns - 1 - along
    };
    Place {
        x: MARGIN + pitch / 2 + length(column) * pitch,
        y: rows[row],
    }
}

fn wide_station(stop: &Stop, place: Place, pitch: i32) -> Station {
    // A letter of the text face at 16 px and this weight is about 9 px wide.
    let most = usize::try_from(pitch / 9).unwrap_or(18);
    let mut lines = Vec::new();
    let mut y = place.y + RING + 28;
    for text in wrap(&stop.title, most, 2) {
        lines.push(Line {
            class: "station-title",
            x: place.x,
            y,
            text,
        });
        y += LEADING;
    }
    lines.push(Line {
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
    let pennant = Place {
        x: place.x,
        y: place.y - RING - 28,
    };
    station(stop, place, lines, reach, pennant)
}

fn narrow_station(stop: &Stop, place: Place) -> Station {
    let mut lines = Vec::new();
    let mut y = place.y + 5;
    for text in wrap(&stop.title, NARROW_LINE, 2) {
        lines.push(Line {
            class: "station-title",
            x: NARROW_WORDS,
            y,
            text,
        });
        y += LEADING;
    }
    let aside = if stop.next { 56 } else { 0 };
    let text = stop.words.clone();
    lines.push(Line {
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
    let pennant = Place {
        x: NARROW_WORDS,
        y: y - 13,
    };
    station(stop, place, lines, reach, pennant)
}

fn station(stop: &Stop, place: Place, lines: Vec<Line>, reach: Area, pennant: Place) -> Station {
    let next = if stop.next { ", next" } else { "" };
    Station {
        x: place.x,
        y: place.y,
        number: stop.number,
        address: stop.address.clone(),
        state: stop.state,
        label: format!(
            "Lesson {}: {}, {}{next}",
            stop.number, stop.title, stop.words
        ),
        arc: (stop.state == State::Started).then(|| arc(place, stop.share)),
        pennant: stop.next.then_some(pennant),
        reach,
        lines,
    }
}

fn wide_flag(stop: &Stop, place: Place) -> Option<Flag> {
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

fn narrow_flag(stop: &Stop, place: Place) -> Option<Flag> {
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

/// The track from each station that `leads` on to the one after it.
fn track(places: &[Place], leads: impl Fn(usize) -> bool) -> String {
    let mut path = String::new();
    for (index, pair) in places.windows(2).enumerate() {
        if let [from, to] = pair
            && leads(index)
        {
            path.push_str(&segment(*from, *to));
        }
    }
    path
}

fn segment(from: Place, to: Place) -> String {
    if from.y == to.y || from.x == to.x && from.x == NARROW_TRACK {
        return format!("M{} {}L{} {}", from.x, from.y, to.x, to.y);
    }
    let right = from.x > WIDE / 2;
    let (outside, sweep, way) = if right {
        (WIDE - 12, 1, 1)
    } else {
        (12, 0, -1)
    };
    format!(
        "M{} {}H{}a{TURN} {TURN} 0 0 {sweep} {} {TURN}V{}a{TURN} {TURN} 0 0 {sweep} {} {TURN}H{}",
        from.x,
        from.y,
        outside - way * TURN,
        way * TURN,
        to.y - TURN,
        -way * TURN,
        to.x
    )
}

/// Along the ring from its top, clockwise; never quite closed, since a closed arc has no length.
fn arc(place: Place, share: f64) -> String {
    let share = share.clamp(0.05, 0.95);
    let (x, y, radius) = (f64::from(place.x), f64::from(place.y), f64::from(RING));
    let (sine, cosine) = (share * TAU).sin_cos();
    let large = i32::from(share > 0.5);
    let mut path = format!("M{x} {}", y - radius);
    // Writing to a String cannot fail.
    let _ = write!(
        path,
        "A{radius} {radius} 0 {large} 1 {:.1} {:.1}",
        x + radius * sine,
        y - radius * cosine
    );
    path
}

/// Breaks a title between words into at most `most` lines of about `width` characters.
fn wrap(title: &str, width: usize, most: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in title.split_whitespace() {
        let fits = |line: &String| line.chars().count() + 1 + word.chars().count() <= width;
        match lines.last_mut() {
            Some(line) if fits(line) => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    let cut = lines.len() > most;
    lines.truncate(most);
    for (index, line) in lines.iter_mut().enumerate() {
        let ellipsis = cut && index + 1 == most;
        if ellipsis || line.chars().count() > width {
            *line = line.chars().take(width.saturating_sub(1)).collect();
            line.push('…');
        }
    }
    lines
}

/// A count as a length; there are never two thousand million lessons.
fn length(count: usize) -> i32 {
    i32::try_from(count).unwrap_or(i32::MAX)
}

#[cfg(test)]
#[path = "path_tests.rs"]
mod tests;
