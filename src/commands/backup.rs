//! `hxlab backup` and `hxlab restore`: a copy of what learners do, made and put back.

use std::path::Path;

use super::control::{data_folder, is_own, there_is_site};
use super::stop::Stop;
use crate::store;

/// Writes a copy while the program may be running.
pub(super) fn backup(copy: &Path, data: Option<String>) -> Result<(), Stop> {
    let folder = data_folder(data)?;
    there_is_site(&folder)?;
    let copied = store::backup(&folder, copy);
    name_left(copy);
    copied?;
    println!("{} has all that was kept until now", copy.display());
    Ok(())
}

/// Names what earlier backups have left beside the copy: nobody else would miss the room that it takes.
fn name_left(copy: &Path) {
    let folder = copy.parent().filter(|it| !it.as_os_str().is_empty());
    for left in store::parts_left_in(folder.unwrap_or(Path::new("."))) {
        let left = left.display();
        eprintln!("hxlab: {left} was left by a backup that did not end; it can be deleted");
    }
}

/// Puts a copy back. The program must not be running.
pub(super) fn restore(copy: &Path, data: Option<String>) -> Result<(), Stop> {
    // Where the settings name the folder, serve finds it without a flag.
    let is_by_flag = data.is_some();
    let folder = data_folder(data)?;
    let is_new = !folder.exists();
    is_own(&folder, "restore")?;
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
