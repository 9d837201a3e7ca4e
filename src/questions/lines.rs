//! The first stage of reading a question: its lines become the prompt and marked items.
//!
//! An item starts at the left margin with its mark; indented lines go on with it; an indented
//! line that starts with `:` begins its feedback.

use super::parse::Fault;

/// What a mark at the left margin says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// `( )` or `(x)`.
    OneOf { right: bool },
    /// `[ ]` or `[x]`.
    AnyOf { right: bool },
    /// `=`: a text that is right.
    Accepted,
    /// `~`: a wrong text that is expected.
    Anticipated,
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
        markdown.trim_end().to_owned()
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
    let mut fence: Option<&str> = None;
    for (line, text) in (first..).zip(source.lines()) {
        let in_prompt = scanned.items.is_empty();
        if in_prompt && is_fenced(text, &mut fence) {
            scanned.prompt.lines.push(text.to_owned());
        } else if let Some((mark, words)) = marked(text) {
            let text = Passage::start(line, words);
            scanned.items.push(Item {
                mark,
                text,
                feedback: None,
            });
        } else if in_prompt {
            scanned.prompt.lines.push(text.to_owned());
        } else {
            scanned.go_on(line, text);
        }
    }
    scanned
}

impl Scanned {
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
    fn takes_feedback(self) -> bool {
        !matches!(self, Self::Hint | Self::Explain)
    }
}

/// Whether a line of the prompt lies in a code fence (where nothing is a mark) or draws one.
fn is_fenced<'t>(text: &'t str, fence: &mut Option<&'t str>) -> bool {
    let drawn = ["```", "~~~"]
        .into_iter()
        .find(|f| text.trim_start().starts_with(f));
    match (*fence, drawn) {
        (None, Some(_)) => *fence = drawn,
        (Some(open), Some(close)) if open == close => {
            *fence = None;
            return true;
        }
        _ => {}
    }
    fence.is_some()
}

fn marked(line: &str) -> Option<(Mark, &str)> {
    if let Some(words) = line.strip_prefix("hint:") {
        return Some((Mark::Hint, words));
    }
    if let Some(words) = line.strip_prefix("explain:") {
        return Some((Mark::Explain, words));
    }
    for (sign, mark) in [('=', Mark::Accepted), ('~', Mark::Anticipated)] {
        match line.strip_prefix(sign) {
            Some(words) if words.is_empty() || words.starts_with(' ') => {
                return Some((mark, words));
            }
            _ => {}
        }
    }
    let one = boxed(line, '(', ')').map(|(right, words)| (Mark::OneOf { right }, words));
    one.or_else(|| boxed(line, '[', ']').map(|(right, words)| (Mark::AnyOf { right }, words)))
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
