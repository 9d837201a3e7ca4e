//! The first stage of reading a question: its lines become the prompt and marked items.
//!
//! An item starts at the left margin with its mark; indented lines go on with it; an indented
//! line that starts with `:` begins its feedback. Which marks there are is told by the kinds.

use super::kinds::{Kind, Syntax};
use super::parse::BlockFault;

/// What a line at the left margin begins with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct LineMark {
    /// Its sign, by which its kind knows it.
    pub(crate) sign: &'static str,
    /// What is written in the sign: the x of a box, a step's number, a gap's name.
    pub(crate) inside: String,
    role: Role,
}

/// What stands behind a mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    /// An answer, or a part of one. Feedback may stand below it.
    Answer,
    /// The head of the answers below it, the first of which may stand beside it.
    Head,
    /// Something else that the kind has to know.
    Detail,
    /// Help or an explanation, which questions of every kind may have.
    Remark,
}

impl LineMark {
    /// A mark with something written in it.
    pub(crate) fn new(sign: &'static str, inside: impl Into<String>, role: Role) -> Self {
        Self {
            sign,
            inside: inside.into(),
            role,
        }
    }

    /// Whether this is help or an explanation.
    pub(crate) fn is_remark(&self) -> bool {
        self.role == Role::Remark
    }

    /// Whether words have to stand behind it.
    pub(crate) fn needs_words(&self) -> bool {
        self.role != Role::Head
    }

    /// Whether a box has an x in it.
    pub(crate) fn is_crossed(&self) -> bool {
        !self.inside.is_empty()
    }
}

/// The sign of a text or a piece of code that is right.
pub(crate) const ACCEPTED: &str = "=";
/// The sign of a wrong one that is expected.
pub(crate) const ANTICIPATED: &str = "~";
/// The sign of help.
pub(crate) const HINT: &str = "hint:";
/// The sign of an explanation.
pub(crate) const EXPLAIN: &str = "explain:";

/// Some lines of Markdown.
#[derive(Debug, Default)]
pub(crate) struct Passage {
    /// The line of the file on which it starts.
    pub(crate) line: usize,
    lines: Vec<String>,
}

impl Passage {
    fn start(line: usize, text: &str) -> Self {
        Self {
            line,
            lines: vec![text.trim().to_owned()],
        }
    }

    /// The line of the file on which its words begin.
    pub(crate) fn first_line(&self) -> usize {
        let empty = self.lines.iter().take_while(|line| line.trim().is_empty());
        self.line + empty.count()
    }

    /// Its Markdown: the lines after the first lose the indent that they share.
    pub(crate) fn markdown(&self) -> String {
        let indent = |line: &String| line.len() - line.trim_start().len();
        let rest = self.lines.get(1..).unwrap_or_default();
        let shared = rest
            .iter()
            .filter(|line| !line.trim().is_empty())
            .map(indent)
            .min();
        let mut markdown = self.lines.first().cloned().unwrap_or_default();
        for line in rest {
            markdown.push('\n');
            markdown.push_str(line.get(shared.unwrap_or(0)..).unwrap_or_default());
        }
        markdown.trim_end().trim_start_matches('\n').to_owned()
    }
}

/// A marked item.
#[derive(Debug)]
pub(crate) struct Item {
    /// What it is.
    pub(crate) mark: LineMark,
    /// Its own words.
    pub(crate) text: Passage,
    /// What is said to a learner who gave this answer.
    pub(crate) feedback: Option<Passage>,
}

/// A question's lines, sorted.
#[derive(Debug, Default)]
pub(crate) struct Scanned {
    /// What is asked.
    pub(crate) prompt: Passage,
    /// The marked items, in order.
    pub(crate) items: Vec<Item>,
    /// Lines that belong to nothing.
    pub(crate) faults: Vec<BlockFault>,
}

/// Sorts the lines of a block whose first line is line `first` of the file.
pub(crate) fn scan(kinds: &[Kind], source: &str, first: usize) -> Scanned {
    let mut scanned = Scanned::default();
    scanned.prompt.line = first;
    let lists = !has_other_answers(kinds, source);
    let mut fences = Fences::default();
    for (line, text) in (first..).zip(source.lines()) {
        let in_prompt = scanned.items.is_empty();
        if in_prompt && fences.holds(text) {
            scanned.prompt.lines.push(text.to_owned());
        } else if let Some((mark, words)) = marked(kinds, text, lists) {
            scanned.add(line, mark, words);
        } else if in_prompt {
            scanned.prompt.lines.push(text.to_owned());
        } else {
            scanned.go_on(line, text);
        }
    }
    scanned
}

/// Whether there are answers of a kind beside which a list in the prompt is only a list.
fn has_other_answers(kinds: &[Kind], source: &str) -> bool {
    let mut fences = Fences::default();
    let mut lines = source.lines().filter(|line| !fences.holds(line));
    lines.any(|line| marked(kinds, line, false).is_some_and(|(mark, _)| !mark.is_remark()))
}

/// Of a line that begins an item: whether the item belongs to what is asked and judged.
pub(crate) fn counts(kinds: &[Kind], line: &str) -> Option<bool> {
    let (mark, _) = marked(kinds, line, true)?;
    Some(!mark.is_remark())
}

impl Scanned {
    fn add(&mut self, line: usize, mark: LineMark, words: &str) {
        let beside = mark.role == Role::Head && !words.trim().is_empty();
        self.items.push(Item {
            mark,
            text: Passage::start(line, if beside { "" } else { words }),
            feedback: None,
        });
        // `__1__ = answer`: the first answer stands beside its gap.
        if beside {
            match variant(words.trim_start()) {
                Some((mark, words)) => self.add(line, mark, words),
                None => self.faults.push(BlockFault::new(
                    line,
                    "this is no answer to a gap",
                    "write “__name__ = answer”, or “= answer” below it",
                )),
            }
        }
    }

    fn go_on(&mut self, line: usize, text: &str) {
        let Some(item) = self.items.last_mut() else {
            return;
        };
        let may_start = item.feedback.is_none() && item.mark.role == Role::Answer;
        let passage = item.feedback.as_mut().unwrap_or(&mut item.text);
        match text.trim_start().strip_prefix(':') {
            _ if text.trim().is_empty() => passage.lines.push(String::new()),
            Some(words) if may_start => {
                item.feedback = Some(Passage::start(line, words));
            }
            _ if text.starts_with([' ', '\t']) => passage.lines.push(text.replace('\t', "    ")),
            _ => self.faults.push(BlockFault::new(
                line,
                "this line belongs to nothing in the question",
                "indent it to go on with the line above, or start it with “( )”, “[ ]”, “=”, \
                 “~”, “hint:” or “explain:”",
            )),
        }
    }
}

/// Follows code fences, in which nothing is a mark.
#[derive(Debug, Default)]
pub(crate) struct Fences {
    open: Option<String>,
}

impl Fences {
    /// Whether the lines so far leave a fence open.
    pub(crate) fn is_open(&self) -> bool {
        self.open.is_some()
    }

    /// Whether this line lies in a fence or draws one.
    pub(crate) fn holds(&mut self, line: &str) -> bool {
        let drawn = drawn(line);
        match (&self.open, drawn) {
            (None, Some((fence, _))) => self.open = Some(fence.to_owned()),
            (Some(open), Some((close, ""))) if close.starts_with(&**open) => {
                self.open = None;
                return true;
            }
            _ => {}
        }
        self.open.is_some()
    }
}

/// The fence that a line draws, and the words behind it.
pub(crate) fn drawn(line: &str) -> Option<(&str, &str)> {
    let line = line.trim();
    let sign = line
        .chars()
        .next()
        .filter(|sign| matches!(sign, '`' | '~'))?;
    let words = line.trim_start_matches(sign);
    let fence = &line[..line.len() - words.len()];
    (fence.len() >= 3).then_some((fence, words.trim()))
}

/// The mark of a line, and its words. The marks that look like a list's count only where `lists` is set.
fn marked<'l>(kinds: &[Kind], line: &'l str, lists: bool) -> Option<(LineMark, &'l str)> {
    let remark = |sign| keyed(line, sign, Role::Remark);
    let of_kind = |kind: &Kind| match kind.syntax {
        Syntax::Marks {
            mark, lists: own, ..
        } if lists || !own => mark(line),
        _ => None,
    };
    remark(HINT)
        .or_else(|| remark(EXPLAIN))
        .or_else(|| kinds.iter().find_map(of_kind))
}

/// `= text` or `~ text`.
pub(crate) fn variant(line: &str) -> Option<(LineMark, &str)> {
    let of = |sign| {
        let words = line.strip_prefix(sign)?;
        let plain = words.is_empty() || words.starts_with(' ');
        plain.then(|| (LineMark::new(sign, "", Role::Answer), words))
    };
    of(ACCEPTED).or_else(|| of(ANTICIPATED))
}

/// `sign words`, where the sign is a word with its colon.
pub(crate) fn keyed<'l>(
    line: &'l str,
    sign: &'static str,
    role: Role,
) -> Option<(LineMark, &'l str)> {
    let words = line.strip_prefix(sign)?;
    Some((LineMark::new(sign, "", role), words))
}

/// `(x) words`, with the signs before and behind the x. A link such as `[x](…)` is none, for want of the
/// space.
pub(crate) fn boxed<'l>(line: &'l str, sign: &'static str) -> Option<(LineMark, &'l str)> {
    let (open, close) = sign.split_once(' ')?;
    let (inside, words) = line.strip_prefix(open)?.split_once(close)?;
    let inside = inside.trim();
    let plain = matches!(inside, "" | "x" | "X") && (words.is_empty() || words.starts_with(' '));
    plain.then(|| (LineMark::new(sign, inside, Role::Answer), words))
}
