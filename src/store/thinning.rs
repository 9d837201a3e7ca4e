//! Which versions of a draft stay: all of the last hour, and fewer the older they are.
//!
//! Time is divided into slots, longer ones further back, and of each slot the newest version stays. A version whose
//! slot has become longer goes when a newer one shares it. All that stay have a bound together, at which the oldest
//! go. The draft itself, which is the newest version, and those that are pinned always stay.

/// A version, as far as it matters for this.
#[derive(Clone, Copy, Debug)]
pub(super) struct VersionWeight {
    pub(super) number: u64,
    /// Milliseconds since 1970.
    pub(super) saved_ms: i64,
    /// What it adds to the one before it.
    pub(super) bytes: u64,
    /// It passed a challenge or may be about to, has a name, or is the last good Run.
    pub(super) pinned: bool,
}

/// What the versions of one draft may hold together, in bytes; those that always stay may make it more.
const MOST: u64 = 16 * 1024 * 1024;

const MINUTE: i64 = 60 * 1000;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;
/// From which age on slots have which length, in milliseconds.
const SLOTS: [(i64, i64); 3] = [(HOUR, 10 * MINUTE), (DAY, HOUR), (7 * DAY, DAY)];

/// The numbers of those that go, of all versions of a draft, the oldest first.
pub(super) fn that_go(versions: &[VersionWeight], now_ms: i64) -> Vec<u64> {
    let mut go = Vec::new();
    let (mut bytes, mut later_slot) = (0, None);
    for (place, version) in versions.iter().rev().enumerate() {
        let slot = slot(version.saved_ms, now_ms);
        let shares = slot.is_some() && slot == later_slot;
        let always = place == 0 || version.pinned;
        if shares && !always {
            go.push(version.number);
            continue;
        }
        later_slot = slot;
        bytes += version.bytes;
        if bytes > MOST && !always {
            go.push(version.number);
        }
    }
    go
}

/// The length of the slot and its number; none where each version stays.
fn slot(saved_ms: i64, now_ms: i64) -> Option<(i64, i64)> {
    let age = now_ms - saved_ms;
    let length = SLOTS.iter().rev().find(|(from, _)| age >= *from)?.1;
    Some((length, saved_ms / length))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A day's beginning.
    const NOW: i64 = 20_000 * DAY;

    /// One version a minute for so long, at the end of each.
    fn minutes(count: i64) -> Vec<VersionWeight> {
        let ages = (0..count).rev();
        ages.zip(1..)
            .map(|(age, number)| VersionWeight {
                number,
                saved_ms: NOW - age * MINUTE - 1,
                bytes: 1,
                pinned: false,
            })
            .collect()
    }

    fn left(mut versions: Vec<VersionWeight>, now_ms: i64) -> Vec<VersionWeight> {
        let go = that_go(&versions, now_ms);
        versions.retain(|version| !go.contains(&version.number));
        versions
    }

    fn between(versions: &[VersionWeight], from: i64, to: i64) -> usize {
        let ages = versions.iter().map(|version| NOW - version.saved_ms);
        ages.filter(|age| (from..to).contains(age)).count()
    }

    #[test]
    fn the_older_the_fewer() {
        let left = left(minutes(10 * 24 * 60), NOW);
        assert_eq!(between(&left, 0, HOUR), 60);
        assert_eq!(between(&left, HOUR, DAY), 23 * 6);
        assert_eq!(between(&left, DAY, 7 * DAY), 6 * 24);
        assert_eq!(between(&left, 7 * DAY, 11 * DAY), 3);
        assert_eq!(that_go(&left, NOW), Vec::<u64>::new());
    }

    #[test]
    fn thinning_again_and_again_comes_to_the_same() {
        let mut versions = Vec::new();
        let all = minutes(3 * 24 * 60);
        for version in &all {
            versions.push(*version);
            if version.number % 16 == 0 {
                versions = left(versions, version.saved_ms);
            }
        }
        let numbers = |versions: Vec<VersionWeight>| {
            versions
                .iter()
                .map(|version| version.number)
                .collect::<Vec<_>>()
        };
        assert_eq!(numbers(left(versions, NOW)), numbers(left(all, NOW)));
    }

    #[test]
    fn the_newest_and_what_is_pinned_stay_however_old() {
        let mut versions = minutes(30);
        versions[3].pinned = true;
        let numbers: Vec<_> = left(versions, NOW + 100 * DAY)
            .iter()
            .map(|version| version.number)
            .collect();
        assert_eq!(numbers, [4, 30]);
    }

    #[test]
    fn what_does_not_fit_goes_from_the_oldest_on() {
        let mut versions = minutes(30);
        for version in &mut versions {
            version.bytes = MOST / 10;
        }
        versions[0].pinned = true;
        let numbers: Vec<_> = left(versions.clone(), NOW)
            .iter()
            .map(|version| version.number)
            .collect();
        assert_eq!(numbers[0], 1);
        assert_eq!(numbers[1..], (21..=30).collect::<Vec<_>>());
        versions[29].bytes = 2 * MOST;
        assert_eq!(
            left(versions, NOW).len(),
            2,
            "the draft itself is not given up"
        );
    }

    #[test]
    fn a_clock_that_was_set_back_costs_no_version() {
        assert_eq!(left(minutes(30), NOW - DAY).len(), 30);
    }
}
