//! Faults in a course's files, and their collection.

use std::fmt;

/// A fault in a lesson's files, printed as `path:line: problem; mend`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Diagnostic {
    /// The file's path in the course's folder.
    pub(crate) path: String,
    /// The line, from 1.
    pub(crate) line: usize,
    /// What is wrong.
    pub(crate) problem: String,
    /// How to mend it.
    pub(crate) mend: String,
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            path,
            line,
            problem,
            mend,
        } = self;
        write!(f, "{path}:{line}: {problem}; {mend}")
    }
}

/// The faults found in one file.
#[derive(Debug)]
pub(super) struct FileFaults {
    path: String,
    /// In the order in which they were found.
    pub(super) found: Vec<Diagnostic>,
}

impl FileFaults {
    /// None yet, in the file at `path`.
    pub(super) fn of(path: impl Into<String>) -> Self {
        Self {
            path: path.into(),
            found: Vec::new(),
        }
    }

    /// One more.
    pub(super) fn add(&mut self, line: usize, problem: impl Into<String>, mend: impl Into<String>) {
        self.found.push(Diagnostic {
            path: self.path.clone(),
            line,
            problem: problem.into(),
            mend: mend.into(),
        });
    }

    /// The file as text with plain line ends; what is not UTF-8 is a fault.
    pub(super) fn text(&mut self, bytes: &[u8]) -> String {
        let text = self.utf8(bytes).unwrap_or_default();
        text.strip_prefix('\u{feff}')
            .unwrap_or(text)
            .replace("\r\n", "\n")
    }

    /// The file as text, just as it is; what is not UTF-8 is a fault.
    pub(super) fn utf8<'b>(&mut self, bytes: &'b [u8]) -> Option<&'b str> {
        let text = std::str::from_utf8(bytes);
        if let Err(error) = &text {
            let whole = &bytes[..error.valid_up_to()];
            let line = whole.split(|&byte| byte == b'\n').count();
            self.add(line, "the file is not UTF-8 text", "save it as UTF-8");
        }
        text.ok()
    }
}

/// Where the lines of a text start.
#[derive(Debug)]
pub(super) struct Lines {
    first: usize,
    starts: Vec<usize>,
}

impl Lines {
    /// The lines of `text`, whose first line is line `first` of its file.
    pub(super) fn of(text: &str, first: usize) -> Self {
        let starts = text.match_indices('\n').map(|(at, _)| at + 1).collect();
        Self { first, starts }
    }

    /// The line of the file in which the byte `offset` of the text lies.
    pub(super) fn at(&self, offset: usize) -> usize {
        self.first + self.starts.partition_point(|&start| start <= offset)
    }
}
