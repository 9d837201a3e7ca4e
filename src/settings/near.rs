//! “Did you mean …?”: the nearest known name to one that was mistyped.

/// The name that is at most two edits and a third of its length away, the nearest one.
pub(crate) fn nearest<'a>(
    written: &str,
    names: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    let measured = names.into_iter().map(|name| (edits(written, name), name));
    let near = measured.filter(|(edits, name)| *edits <= 2 && *edits * 3 <= name.len());
    near.min_by_key(|(edits, _)| *edits).map(|(_, name)| name)
}

/// The number of letters to add, remove or change (Levenshtein's distance).
fn edits(from: &str, to: &str) -> usize {
    let to: Vec<char> = to.chars().collect();
    let mut row: Vec<usize> = (0..=to.len()).collect();
    for (i, a) in from.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, b) in to.iter().enumerate() {
            let changed = diagonal + usize::from(a != *b);
            diagonal = row[j + 1];
            row[j + 1] = changed.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[to.len()]
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn the_nearest_name_is_near() {
        let names = ["listen", "lessons", "data"];
        assert_eq!(nearest("lisen", names), Some("listen"));
        assert_eq!(nearest("lesons", names), Some("lessons"));
        assert_eq!(nearest("dat", names), Some("data"));
        assert_eq!(nearest("port", names), None);
        assert_eq!(nearest("", names), None);
    }
}
