//! `hxlab backup` and `hxlab restore`: a copy of what learners do, made and put back.

use std::path::Path;

use super::stop::Stop;
use crate::settings::{Flags, Settings};
use crate::store;

/// Writes a copy while the program may be running.
pub(super) fn backup(copy: &Path, data: Option<String>) -> Result<(), Stop> {
    store::backup(&folder(data)?, copy)?;
    println!("{} has all that was kept until now", copy.display());
    Ok(())
}

/// Puts a copy back. The program must not be running.
pub(super) fn restore(copy: &Path, data: Option<String>) -> Result<(), Stop> {
    let folder = folder(data)?;
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

/// The folder that `serve` with the same settings keeps its data in.
fn folder(data: Option<String>) -> Result<std::path::PathBuf, Stop> {
    let flags = Flags {
        data,
        ..Flags::default()
    };
    Ok(Settings::read(&flags)?.data)
}
