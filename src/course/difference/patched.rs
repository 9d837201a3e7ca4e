//! Hunks laid over a text exactly, and what is said where they do not fit.

use diffy::{Hunk, Line};

use super::PatchConflict;

/// A text that hunks are laid over, from its first line to its last.
pub(super) struct PatchedText<'o> {
    name: &'o str,
    lines: Vec<&'o str>,
    /// How many of the lines are done.
    done: usize,
    new: String,
}

impl<'o> PatchedText<'o> {
    pub(super) fn begin(old: &'o str, name: &'o str) -> Self {
        Self {
            name,
            lines: old.split_inclusive('\n').collect(),
            done: 0,
            new: String::new(),
        }
    }

    /// Lays one hunk, whose header is the line `header` of the difference.
    pub(super) fn lay(&mut self, hunk: &Hunk<'_, str>, header: usize) -> Result<(), PatchConflict> {
        let range = hunk.old_range();
        // Where no line is taken, the number is that of the line before.
        let start = range.start().saturating_sub(usize::from(!range.is_empty()));
        let Some(between) = self.lines.get(self.done..start) else {
            let (count, name) = (self.lines.len(), self.name);
            let problem = if start < self.done {
                format!("this change of “{name}” stands behind a later one")
            } else {
                format!("it changes line {start} of “{name}”, which has {count} lines")
            };
            return Err(PatchConflict::new(header, problem));
        };
        self.new.extend(between.iter().copied());
        self.done = start;
        let mut own = header;
        for line in hunk.lines() {
            own += 1;
            let (Line::Context(text) | Line::Delete(text) | Line::Insert(text)) = *line;
            if !matches!(line, Line::Insert(_)) {
                self.expect(text, own)?;
            }
            if !matches!(line, Line::Delete(_)) {
                self.new.push_str(text);
            }
            // Below it stands `\ No newline at end of file`.
            own += usize::from(!text.ends_with('\n'));
        }
        Ok(())
    }

    /// The next line of the original must be `text`, as line `own` of the difference says.
    fn expect(&mut self, text: &str, own: usize) -> Result<(), PatchConflict> {
        let there = self.lines.get(self.done).copied();
        self.done += 1;
        if there == Some(text) {
            return Ok(());
        }
        let (at, name) = (self.done, self.name);
        let there = match there {
            Some(there) => format!("there it is {}", shown(there)),
            None => format!("the file has {} lines", self.lines.len()),
        };
        let elsewhere = self.lines.iter().position(|line| *line == text);
        let elsewhere = match elsewhere.filter(|_| !text.trim().is_empty()) {
            Some(place) => format!("; line {} is the same", place + 1),
            None => String::new(),
        };
        let expected = shown(text);
        let problem =
            format!("it expects {expected} in line {at} of “{name}”, and {there}{elsewhere}");
        Err(PatchConflict::new(own, problem))
    }

    pub(super) fn end(mut self) -> String {
        let rest = self.lines.get(self.done..).unwrap_or_default();
        self.new.extend(rest.iter().copied());
        self.new
    }
}

/// A line as it is quoted in a sentence: without its indentation, with what is invisible at its end.
fn shown(line: &str) -> String {
    let (words, end) = match line.strip_suffix('\n') {
        Some(line) => line
            .strip_suffix('\r')
            .map_or((line, ""), |line| (line, " with CRLF")),
        None => (line, " without an end of the line"),
    };
    match words.trim() {
        "" => format!("an empty line{end}"),
        words => format!("“{words}”{end}"),
    }
}
