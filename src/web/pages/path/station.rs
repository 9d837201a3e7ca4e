//! A station: its ring, its name and its words.

use std::f64::consts::TAU;
use std::fmt::Write as _;

use super::PathStop;
use super::picture::{Area, Point, Station, TextLine};
use crate::learning::Completion;

/// Radius of a station's ring.
pub(super) const RING: i32 = 14;
/// Between two lines of a title.
pub(super) const LEADING: i32 = 20;

pub(super) fn station(
    stop: &PathStop,
    place: Point,
    lines: Vec<TextLine>,
    reach: Area,
    pennant: Point,
) -> Station {
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
        arc: (stop.state == Completion::Started).then(|| arc(place, stop.share)),
        pennant: stop.next.then_some(pennant),
        reach,
        lines,
    }
}

/// Along the ring from its top, clockwise; never quite closed, since a closed arc has no length.
fn arc(place: Point, share: f64) -> String {
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
pub(super) fn wrap(title: &str, width: usize, most: usize) -> Vec<String> {
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
