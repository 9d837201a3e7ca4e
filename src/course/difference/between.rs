//! Writing a difference.

use std::sync::Arc;

use diffy::DiffOptions;

use super::sections::GIT;
use crate::project::{FileName, Project};

/// What stands in a diff for a file that is not there.
const NOWHERE: &str = "/dev/null";

/// The difference that makes `new` of `old`; empty where they are the same.
pub(crate) fn between(old: &Project, new: &Project) -> String {
    let taken_away = old
        .files()
        .filter(|(name, _)| new.get(name.as_str()).is_none());
    let mut names: Vec<_> = new
        .files()
        .chain(taken_away)
        .map(|(name, _)| name)
        .collect();
    names.sort();
    let parts = names.into_iter().filter_map(|name| {
        let (before, after) = (old.get(name.as_str()), new.get(name.as_str()));
        (before != after).then(|| part(name, before, after))
    });
    parts.collect()
}

/// The part of a difference that is about one file.
fn part(name: &FileName, before: Option<&Arc<str>>, after: Option<&Arc<str>>) -> String {
    let mode = match (before, after) {
        (None, _) => "new file mode 100644\n",
        (_, None) => "deleted file mode 100644\n",
        _ => "",
    };
    let side = |letter, there: bool| {
        if there {
            format!("{letter}/{name}")
        } else {
            NOWHERE.to_owned()
        }
    };
    let mut options = DiffOptions::new();
    options
        .set_original_filename(side('a', before.is_some()))
        .set_modified_filename(side('b', after.is_some()));
    let (before, after) = (
        before.map_or("", |text| text),
        after.map_or("", |text| text),
    );
    // A file without a line has no hunk, and then git wants no names of sides either.
    let hunks = if before == after {
        String::new()
    } else {
        options.create_patch(before, after).to_string()
    };
    format!("{GIT}a/{name} b/{name}\n{mode}{hunks}")
}
