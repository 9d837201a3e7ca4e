//! `hxlab backup` and `hxlab restore`: a copy of what learners do, made and put back.

use std::path::Path;

use super::stop::Stop;
use crate::settings::{Flags, Settings};
use crate::store;

/// Writes a copy while the program may be running.
pub(super) fn backup(copy: &Path, data: Option<String>) -> Result<(), Stop> {
    store::backup(&settings(data, None)?.data, copy)?;
    println!("{} has all that was kept until now", copy.display());
    Ok(())
}

/// Puts a copy back. The program must not be running.
pub(super) fn restore(copy: &Path, data: Option<String>) -> Result<(), Stop> {
    let folder = settings(data, None)?.data;
    let kept = store::restore(copy, &folder)?;
    println!(
        "{} has what was kept in {}",
        folder.display(),
        copy.display()
    );
    if let Some(kept) = kept {
        println!("what was there before is in {}", kept.display());
    }
    Ok(())
}

/// The settings that `serve` has with the same flags, of which the data folder counts.
pub(super) fn settings(
    data: Option<String>,
    forget_after: Option<String>,
) -> Result<Settings, Stop> {
    let flags = Flags {
        forget_after,
        data,
        ..Flags::default()
    };
    Ok(Settings::read(&flags)?)
}
