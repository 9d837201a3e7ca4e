//! A difference's parts, one for each file, and the lines on which they and their hunks begin, which diffy does
//! not tell.

use super::PatchConflict;

/// What a part begins with that git wrote.
pub(super) const GIT: &str = "diff --git ";

/// What a difference says of one file.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct FileSection<'d> {
    /// Its first line in the difference, from 1.
    pub(super) line: usize,
    pub(super) text: &'d str,
    /// The lines of the difference on which its hunks begin.
    pub(super) hunks: Vec<usize>,
    /// Whether a line in it does not belong there; that is a conflict of its own.
    pub(super) broken: bool,
}

/// Cuts a difference into its parts. What stands before the first one is the author's remark.
pub(super) fn cut(text: &str) -> (Vec<FileSection<'_>>, Vec<PatchConflict>) {
    let mut cutting = Cutting::default();
    let mut offset = 0;
    for (number, line) in (1..).zip(text.split_inclusive('\n')) {
        cutting.take(&text[offset..], number, line);
        offset += line.len();
    }
    cutting.close();
    (cutting.sections, cutting.conflicts)
}

#[derive(Default)]
struct Cutting<'d> {
    sections: Vec<FileSection<'d>>,
    conflicts: Vec<PatchConflict>,
    /// The length of the last section so far.
    length: usize,
    /// Whether the names of the last section's sides were seen.
    named: bool,
    /// How many lines the hunk still has, of the old and of the new file.
    left: (usize, usize),
}

impl<'d> Cutting<'d> {
    /// Takes the line that `rest` begins with.
    fn take(&mut self, rest: &'d str, number: usize, line: &str) {
        let begins = line.starts_with("diff ") || line.starts_with("--- ") && self.named;
        let first = self.sections.is_empty() && line.starts_with("--- ");
        if self.left == (0, 0) && (begins || first) {
            self.close();
            self.sections.push(FileSection {
                line: number,
                text: rest,
                hunks: Vec::new(),
                broken: false,
            });
            (self.length, self.named) = (0, false);
        }
        if self.sections.is_empty() {
            return;
        }
        self.length += line.len();
        if self.left != (0, 0) {
            self.inside(number, line);
        } else if let Some(ranges) = line.strip_prefix("@@ ") {
            self.hunk(number, ranges);
        } else if line.starts_with("--- ") {
            self.named = true;
            if line.ends_with("\r\n") {
                self.fault(number, "the difference's own lines end with CRLF");
            }
        } else if line.starts_with([' ', '+', '-']) && !line.starts_with("+++ ") {
            let problem = "this line is one more than the numbers of its “@@” count";
            self.fault(number, problem);
        }
    }

    fn hunk(&mut self, number: usize, ranges: &str) {
        let mut ranges = ranges.split(' ').map(length);
        let old = ranges.next().flatten();
        match (old, ranges.next().flatten()) {
            (Some(old), Some(new)) => {
                self.left = (old, new);
                if let Some(section) = self.sections.last_mut() {
                    section.hunks.push(number);
                }
            }
            _ => self.fault(number, "this line is not as “@@ -3,7 +3,8 @@”"),
        }
    }

    fn inside(&mut self, number: usize, line: &str) {
        let (old, new) = match line.bytes().next() {
            Some(b' ' | b'\n') => (1, 1),
            Some(b'-') => (1, 0),
            Some(b'+') => (0, 1),
            Some(b'\\') => (0, 0),
            _ => (usize::MAX, 0),
        };
        let left = self
            .left
            .0
            .checked_sub(old)
            .zip(self.left.1.checked_sub(new));
        self.left = left.unwrap_or_default();
        if left.is_none() {
            let problem = "this line is not one of those that the numbers of its “@@” count";
            self.fault(number, problem);
        }
    }

    fn fault(&mut self, number: usize, problem: &str) {
        if let Some(section) = self.sections.last_mut().filter(|section| !section.broken) {
            section.broken = true;
            self.conflicts.push(PatchConflict::new(number, problem));
        }
    }

    /// The last section ends here.
    fn close(&mut self) {
        let lines = self
            .sections
            .last()
            .and_then(|section| section.hunks.last());
        if let Some(&number) = lines.filter(|_| self.left != (0, 0)) {
            self.fault(number, "it ends before all lines that these numbers count");
        }
        if let Some(section) = self.sections.last_mut() {
            section.text = &section.text[..self.length];
        }
    }
}

/// `-3,7` → 7; `+3` → 1.
fn length(range: &str) -> Option<usize> {
    let numbers = range.strip_prefix(['-', '+'])?;
    match numbers.split_once(',') {
        Some((start, length)) => start.parse::<usize>().ok().and(length.parse().ok()),
        None => numbers.trim_end().parse::<usize>().ok().and(Some(1)),
    }
}
