//! `hxlab purge`: what can go from the data folder, and then, when it is meant, without it.

use super::control::{is_own, there_is_site};
use super::stop::Stop;
use crate::settings::{Flags, Settings};
use crate::store::{self, Purge};

/// Says what would be deleted; deletes it where `really`. The program must not be running.
pub(super) fn purge(
    data: Option<String>,
    forget_after: Option<String>,
    really: bool,
) -> Result<(), Stop> {
    let flags = Flags {
        forget_after,
        data,
        ..Flags::default()
    };
    let settings = Settings::read(&flags)?;
    let (folder, days) = (settings.data, settings.forget_after);
    there_is_site(&folder)?;
    is_own(&folder, "purge")?;
    let found = if really {
        store::purge(&folder, days)?
    } else {
        store::look_for_purge(&folder, days)?
    };
    let what = in_words(&found, days);
    let file = folder.join("hxlab.db");
    let (file, before, after) = (
        file.display(),
        mebibytes(found.bytes_before),
        mebibytes(found.bytes_after),
    );
    if really {
        println!("deleted {what}; {file} took {before}, and takes {after}");
    } else {
        println!("would delete {what}; {file} takes {before}");
        println!("nothing was changed: add --yes to delete this for good");
    }
    Ok(())
}

fn in_words(found: &Purge, days: Option<u32>) -> String {
    let versions = count(found.versions, "old version");
    match days {
        Some(days) => format!(
            "{} who had done nothing for {}, and {versions} of drafts",
            count(found.learners, "learner"),
            count(days as usize, "day")
        ),
        None => format!("{versions} of drafts, and no learners, since --forget-after is not set"),
    }
}

fn count(number: usize, what: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {what}{plural}")
}

fn mebibytes(bytes: u64) -> String {
    let tenths = (bytes * 10).div_ceil(1024 * 1024);
    format!("{}.{} MiB", tenths / 10, tenths % 10)
}
