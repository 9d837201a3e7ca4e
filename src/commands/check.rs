//! `hxlab check`: the faults in a folder of lessons.

use std::path::Path;

use super::files;
use super::stop::Stop;
use crate::course;

/// Prints each fault on standard output; stops when there is one.
pub(super) fn check(folder: &Path) -> Result<(), Stop> {
    let tree = files::tree(folder)?;
    let faults = match course::load(&tree) {
        Ok(course) => {
            let lessons = course.lessons().count();
            eprintln!("no faults; lessons checked: {lessons}");
            return Ok(());
        }
        Err(faults) => files::placed(faults, Some(folder)),
    };
    for fault in &faults {
        println!("{fault}");
    }
    let count = faults.len();
    let faults = if count == 1 { "fault" } else { "faults" };
    let folder = folder.display();
    Err(Stop::new(format!(
        "{count} {faults} in {folder}; mend what is listed"
    )))
}
