//! Writing a difference.

use std::collections::BTreeSet;
use std::sync::Arc;

use diffy::DiffOptions;

use super::sections::GIT;
use crate::project::{FileName, Project};

/// What stands in a diff for a file that is not there.
const NOWHERE: &str = "/dev/null";

/// The difference that makes `new` of `old`; empty where they are the same. Files that are no text are left out
/// ([`not_in_it`]).
pub(crate) fn between(old: &Project, new: &Project) -> String {
    let parts = changed(old, new).filter(|name| !is_binary(name, old, new));
    let part = |name: &FileName| part(name, old.text(name.as_str()), new.text(name.as_str()));
    parts.map(part).collect()
}

/// The files that are not the same and that a difference cannot speak of, because one of the two is no text.
pub(crate) fn not_in_it<'a>(old: &'a Project, new: &'a Project) -> Vec<&'a FileName> {
    changed(old, new)
        .filter(|name| is_binary(name, old, new))
        .collect()
}

/// The names of the files that are not the same, in their order.
fn changed<'a>(old: &'a Project, new: &'a Project) -> impl Iterator<Item = &'a FileName> {
    let names: BTreeSet<_> = old
        .files()
        .chain(new.files())
        .map(|(name, _)| name)
        .collect();
    let is_changed = |name: &&FileName| old.get(name.as_str()) != new.get(name.as_str());
    names.into_iter().filter(is_changed)
}

fn is_binary(name: &FileName, old: &Project, new: &Project) -> bool {
    let sides = [old, new].map(|project| project.get(name.as_str()));
    let mut sides = sides.into_iter().flatten();
    sides.any(|contents| contents.text().is_none())
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
