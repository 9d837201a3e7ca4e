//! An edit of a step: lines of one file that go, come or stay. It applies exactly, or not at all.

use crate::project::{FileName, Project};

/// What a step changes in one file.
#[derive(Debug)]
pub(crate) struct Edit {
    pub(crate) file: FileName,
    /// The line of the lesson's file on which it begins.
    pub(crate) line: usize,
    /// At least one of them goes or comes.
    pub(crate) lines: Vec<EditLine>,
}

/// A line of an edit.
#[derive(Clone, Debug)]
pub(crate) struct EditLine {
    pub(crate) sign: Sign,
    /// The file's own text, without the end of the line.
    pub(crate) text: String,
    /// The same in colours, as HTML.
    pub(crate) html: String,
}

/// What becomes of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sign {
    Goes,
    Comes,
    /// It is there before and after, to say where.
    Stays,
}

impl Sign {
    pub(super) const ALL: [Self; 3] = [Self::Goes, Self::Comes, Self::Stays];

    /// Its sign.
    #[must_use]
    pub(crate) fn written(self) -> char {
        match self {
            Self::Goes => '-',
            Self::Comes => '+',
            Self::Stays => ' ',
        }
    }
}

/// A place at which an edit does not apply.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct EditConflict {
    /// The line of the lesson's file.
    pub(super) line: usize,
    pub(super) problem: String,
    pub(super) mend: String,
}

impl Edit {
    /// The lines that are there before, or after it.
    fn side(&self, without: Sign) -> impl Iterator<Item = &EditLine> {
        self.lines.iter().filter(move |line| line.sign != without)
    }

    /// Colours its lines by `colour`, which gives those of a file's code as HTML, as many as there are.
    pub(in crate::course) fn colour(&mut self, mut colour: impl FnMut(&str, &str) -> Vec<String>) {
        for without in [Sign::Comes, Sign::Goes] {
            let texts: Vec<&str> = self.side(without).map(|line| line.text.as_str()).collect();
            let coloured = colour(self.file.as_str(), &texts.join("\n"));
            let lines = self.lines.iter_mut().filter(|line| line.sign != without);
            for (line, html) in lines.zip(coloured) {
                line.html = html;
            }
        }
    }

    /// Makes it in a project.
    pub(super) fn make(&self, project: &mut Project) -> Result<(), EditConflict> {
        let before: Vec<&EditLine> = self.side(Sign::Comes).collect();
        let after = self.side(Sign::Goes).map(|line| line.text.as_str());
        let name = self.file.as_str();
        let new = match project.text(name) {
            _ if before.is_empty() => {
                if project.get(name).is_some() {
                    let problem = format!("it only adds lines to “{name}”, which is there already");
                    let mend = "write a line that stays beside them, with a space before it";
                    return Err(self.conflict(problem, mend));
                }
                let mut lines: Vec<&str> = after.collect();
                // The last line ends as well.
                lines.push("");
                lines.join("\n")
            }
            None => {
                let problem = format!("it changes “{name}”, and there is no such text file");
                return Err(self.conflict(problem, "write its name right"));
            }
            Some(old) => {
                let lines: Vec<&str> = old.split('\n').collect();
                let at = self.place(&lines, &before)?;
                let rest = &lines[at + before.len()..];
                let new = lines[..at].iter().copied().chain(after);
                let new: Vec<&str> = new.chain(rest.iter().copied()).collect();
                new.join("\n")
            }
        };
        let put = project.insert(self.file.clone(), new.into());
        put.map_err(|error| self.conflict(error.to_string(), "write less"))
    }

    /// Where the lines before it stand in a row: at one place.
    fn place(&self, lines: &[&str], before: &[&EditLine]) -> Result<usize, EditConflict> {
        let is_here = |window: &[&str]| {
            let mut pairs = window.iter().zip(before);
            pairs.all(|(line, edit)| *line == edit.text)
        };
        let windows = lines.windows(before.len()).enumerate();
        let mut places = windows.filter(|(_, window)| is_here(window));
        match (places.next(), places.next()) {
            (Some((at, _)), None) => Ok(at),
            (Some((first, _)), Some((second, _))) => {
                let name = &self.file;
                let (first, second) = (first + 1, second + 1);
                let problem = format!("its lines stand in “{name}” twice: at {first} and {second}");
                let mend = "write a line more of what stands around them, with a space before it";
                Err(self.conflict(problem, mend))
            }
            (None, _) => Err(self.missing(lines, before)),
        }
    }

    /// Why its lines are not there: the first that is not, or that they are not in a row.
    fn missing(&self, lines: &[&str], before: &[&EditLine]) -> EditConflict {
        let name = &self.file;
        let missing = before.iter().find(|edit| !lines.contains(&&*edit.text));
        let Some(edit) = missing else {
            let problem = format!("its lines do not stand in a row in “{name}”");
            return self.conflict(problem, "write all lines that stand between them as well");
        };
        let line = self.line_of(edit);
        let alike = |(_, other): &(usize, &&str)| other.trim() == edit.text.trim();
        let alike = lines.iter().enumerate().find(alike);
        match alike.filter(|_| !edit.text.trim().is_empty()) {
            Some((at, other)) => EditConflict {
                line,
                problem: format!("line {} of “{name}” has another indentation", at + 1),
                mend: format!("write “{}{other}”", edit.sign.written()),
            },
            None => EditConflict {
                line,
                problem: format!("“{}” is not in “{name}”", edit.text.trim()),
                mend: "write what the steps before leave there".to_owned(),
            },
        }
    }

    /// The line of the lesson's file on which this line stands.
    fn line_of(&self, line: &EditLine) -> usize {
        let place = self.lines.iter().position(|it| std::ptr::eq(it, line));
        self.line + 1 + place.unwrap_or(0)
    }

    fn conflict(&self, problem: impl Into<String>, mend: impl Into<String>) -> EditConflict {
        EditConflict {
            line: self.line,
            problem: problem.into(),
            mend: mend.into(),
        }
    }
}
