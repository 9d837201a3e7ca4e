//! The track between stations.

use super::narrow::NARROW_TRACK;
use super::picture::Point;
use super::wide::WIDE;

/// Radius of the track's turns.
const TURN: i32 = 28;

/// The track from each station that `leads` on to the one after it.
pub(super) fn track(places: &[Point], leads: impl Fn(usize) -> bool) -> String {
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

fn segment(from: Point, to: Point) -> String {
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
