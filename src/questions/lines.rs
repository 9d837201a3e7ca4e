//! The first stage of reading a question: its lines become the prompt and marked items.
//!
//! An item starts at the left margin with its mark; indented lines go on with it; an indented
//! line that starts with `:` begins its feedback.

use super::parse::Fault;

/// What a mark at the left margin says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mark {
    /// `( )` or `(x)`.
    OneOf { right: bool },
    /// `[ ]` or `[x]`.
    AnyOf { right: bool },
    /// `=`: a text that is right.
    Accepted,
    /// `~`: a wrong text that is expected.
    Anticipated,
    /// `1.`: a step, with its number.
    Step(u32),
    /// `- left => right`.
    Pair,
    /// `__name__`: the answers below belong into this gap.
    Gap(String),
    /// `code:`: answers are pieces of code in this language.
    Code,
    /// `start:`: what the learner begins with.
    Start,
    /// `hint:`.
    Hint,
    /// `explain:`.
    Explain,
}

/// Some lines of Markdown.
#[derive(Debug, Default)]
pub struct Passage {
    /// The line of the file on which it starts.
    pub line: usize,
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
    pub fn first_line(&self) -> usize {
        let empty = self.lines.iter().take_while(|line| line.trim().is_empty());
        self.line + empty.count()
    }

    /// Its Markdown: the lines after the first lose the indent that they share.
    pub fn markdown(&self) -> String {
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
pub struct Item {
    /// What it is.
    pub mark: Mark,
    /// Its own words.
    pub text: Passage,
    /// What is said to a learner who gave this answer.
    pub feedback: Option<Passage>,
}

/// A question's lines, sorted.
#[derive(Debug, Default)]
pub struct Scanned {
    /// What is asked.
    pub prompt: Passage,
    /// The marked items, in order.
    pub items: Vec<Item>,
    /// Lines that belong to nothing.
    pub faults: Vec<Fault>,
}

/// Sorts the lines of a block whose first line is line `first` of the file.
pub fn scan(source: &str, first: usize) -> Scanned {
    let mut scanned = Scanned::default();
    scanned.prompt.line = first;
    let lists = !has_other_answers(source);
    let mut fences = Fences::default();
    for (line, text) in (first..).zip(source.lines()) {
        let in_prompt = scanned.items.is_empty();
        if in_prompt && fences.holds(text) {
            scanned.prompt.lines.push(text.to_owned());
        } else if let Some((mark, words)) = marked(text, lists) {
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
fn has_other_answers(source: &str) -> bool {
    let mut fences = Fences::default();
    let mut lines = source.lines().filter(|line| !fences.holds(line));
    lines.any(|line| {
        let mark = marked(line, false).map(|(mark, _)| mark);
        mark.is_some_and(|mark| !matches!(mark, Mark::Hint | Mark::Explain))
    })
}

/// Of a line that begins an item: whether the item belongs to what is asked and judged.
pub fn counts(line: &str) -> Option<bool> {
    let (mark, _) = marked(line, true)?;
    Some(!matches!(mark, Mark::Hint | Mark::Explain))
}

impl Scanned {
    fn add(&mut self, line: usize, mark: Mark, words: &str) {
        let gap = matches!(mark, Mark::Gap(_)) && !words.trim().is_empty();
        let text = Passage::start(line, if gap { "" } else { words });
        self.items.push(Item {
            mark,
            text,
            feedback: None,
        });
        // `__1__ = answer`: the first answer stands beside its gap.
        if gap {
            match marked(words.trim_start(), false) {
                Some((mark @ (Mark::Accepted | Mark::Anticipated), words)) => {
                    self.add(line, mark, words);
                }
                _ => self.faults.push(Fault::new(
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
        let may_start = item.feedback.is_none() && item.mark.takes_feedback();
        let passage = item.feedback.as_mut().unwrap_or(&mut item.text);
        match text.trim_start().strip_prefix(':') {
            _ if text.trim().is_empty() => passage.lines.push(String::new()),
            Some(words) if may_start => {
                item.feedback = Some(Passage::start(line, words));
            }
            _ if text.starts_with([' ', '\t']) => passage.lines.push(text.replace('\t', "    ")),
            _ => self.faults.push(Fault::new(
                line,
                "this line belongs to nothing in the question",
                "indent it to go on with the line above, or start it with “( )”, “[ ]”, “=”, \
                 “~”, “hint:” or “explain:”",
            )),
        }
    }
}

impl Mark {
    fn takes_feedback(&self) -> bool {
        matches!(
            self,
            Self::OneOf { .. }
                | Self::AnyOf { .. }
                | Self::Accepted
                | Self::Anticipated
                | Self::Step(_)
                | Self::Pair
        )
    }
}

/// Follows code fences, in which nothing is a mark.
#[derive(Debug, Default)]
pub struct Fences {
    open: Option<String>,
}

impl Fences {
    /// Whether the lines so far leave a fence open.
    pub fn is_open(&self) -> bool {
        self.open.is_some()
    }

    /// Whether this line lies in a fence or draws one.
    pub fn holds(&mut self, line: &str) -> bool {
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
pub fn drawn(line: &str) -> Option<(&str, &str)> {
    let line = line.trim();
    let sign = line
        .chars()
        .next()
        .filter(|sign| matches!(sign, '`' | '~'))?;
    let words = line.trim_start_matches(sign);
    let fence = &line[..line.len() - words.len()];
    (fence.len() >= 3).then_some((fence, words.trim()))
}

/// The mark of a line, and its words. Steps and pairs count only where `lists` is set.
fn marked(line: &str, lists: bool) -> Option<(Mark, &str)> {
    let keys = [
        ("hint:", Mark::Hint),
        ("explain:", Mark::Explain),
        ("code:", Mark::Code),
        ("start:", Mark::Start),
    ];
    for (key, mark) in keys {
        if let Some(words) = line.strip_prefix(key) {
            return Some((mark, words));
        }
    }
    for (sign, mark) in [('=', Mark::Accepted), ('~', Mark::Anticipated)] {
        match line.strip_prefix(sign) {
            Some(words) if words.is_empty() || words.starts_with(' ') => {
                return Some((mark, words));
            }
            _ => {}
        }
    }
    gap(line)
        .or_else(|| boxed(line, '(', ')').map(|(right, words)| (Mark::OneOf { right }, words)))
        .or_else(|| boxed(line, '[', ']').map(|(right, words)| (Mark::AnyOf { right }, words)))
        .or_else(|| lists.then(|| listed(line)).flatten())
}

/// `__name__` at the margin, alone or before its first answer.
fn gap(line: &str) -> Option<(Mark, &str)> {
    let (name, words) = line.strip_prefix("__")?.split_once("__")?;
    let plain = !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    let alone = words.trim().is_empty() || words.starts_with([' ', '\t']);
    (plain && alone).then(|| (Mark::Gap(name.to_owned()), words))
}

/// `1. step` or `- left => right`.
fn listed(line: &str) -> Option<(Mark, &str)> {
    if let Some(words) = line.strip_prefix("- ") {
        return words.contains("=>").then_some((Mark::Pair, words));
    }
    let (number, words) = line.split_once(". ")?;
    let number = number.parse().ok().filter(|_| number.len() <= 3)?;
    Some((Mark::Step(number), words))
}

/// `(x) words` → right, words. A link such as `[x](…)` is none, for want of the space.
fn boxed(line: &str, open: char, close: char) -> Option<(bool, &str)> {
    let (inside, words) = line.strip_prefix(open)?.split_once(close)?;
    let right = match inside.trim() {
        "" => false,
        "x" | "X" => true,
        _ => return None,
    };
    (words.is_empty() || words.starts_with(' ')).then_some((right, words))
}
