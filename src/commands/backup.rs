//! `hxlab backup` and `hxlab restore`: a copy of what learners do, made and put back.

use std::path::Path;

use super::control::{data_folder, there_is_site};
use super::stop::Stop;
use crate::store;

/// Writes a copy while the program may be running.
pub(super) fn backup(copy: &Path, data: Option<String>) -> Result<(), Stop> {
    let folder = data_folder(data)?;
    there_is_site(&folder)?;
    store::backup(&folder, copy)?;
    println!("{} has all that was kept until now", copy.display());
    Ok(())
}

/// Puts a copy back. The program must not be running.
pub(super) fn restore(copy: &Path, data: Option<String>) -> Result<(), Stop> {
    // Where the settings name the folder, serve finds it without a flag.
    let is_by_flag = data.is_some();
    let folder = data_folder(data)?;
    let is_new = !folder.exists();
    let kept = store::restore(copy, &folder)?;
    println!(
        "{} has what was kept in {}",
        folder.display(),
        copy.display()
    );
    if is_new && is_by_flag {
        println!(
            "that folder is new: serve needs --data {}",
            folder.display()
        );
    }
    if let Some(kept) = kept {
        println!("what was there before is in {}", kept.display());
    }
    Ok(())
}
