//! What an author may set for a question of any kind: `points:`, `tries:` and `reveal:`.
//!
//! These lines are taken out of the block before its kind is read, so that no kind has to know them.

use super::lines::Fences;
use super::parse::BlockFault;

/// How often a question may be answered before it is closed and comes back for review.
const TRIES: u32 = 5;
/// After so many misses the answer may be looked at.
const REVEAL: u32 = 3;

/// What a question is worth, and how often it may be tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct QuestionSettings {
    /// What a right answer earns: 1 to 100.
    pub(crate) points: u32,
    /// How many misses close the question: 1 to 20.
    pub(crate) tries: u32,
    /// How many misses come before the explanation and a model answer may be looked at; 0 for at
    /// once.
    pub(crate) reveal: u32,
}

impl Default for QuestionSettings {
    fn default() -> Self {
        Self {
            points: 1,
            tries: TRIES,
            reveal: REVEAL,
        }
    }
}

/// The settings of a block whose first line is `first`, the block with empty lines in their place,
/// and what is wrong with them.
pub(super) fn take(source: &str, first: usize) -> (QuestionSettings, String, Vec<BlockFault>) {
    let mut settings = QuestionSettings::default();
    let mut rest = String::with_capacity(source.len());
    let mut faults = Vec::new();
    let mut fences = Fences::default();
    for (line, text) in (first..).zip(source.lines()) {
        let set = (!fences.holds(text)).then(|| settings.set(text)).flatten();
        match set {
            Some(Ok(())) => {}
            Some(Err((problem, mend))) => faults.push(BlockFault::new(line, problem, mend)),
            None => rest.push_str(text),
        }
        rest.push('\n');
    }
    // A question that closes before its answer may be looked at shows it when it closes.
    settings.reveal = settings.reveal.min(settings.tries);
    (settings, rest, faults)
}

impl QuestionSettings {
    /// None where the line sets nothing.
    fn set(&mut self, line: &str) -> Option<Result<(), (String, &'static str)>> {
        let (key, value) = line.split_once(':')?;
        let value = value.trim();
        let (place, least, most, mend) = match key {
            "points" => (
                &mut self.points,
                1,
                100,
                "write a whole number from 1 to 100",
            ),
            "tries" => (&mut self.tries, 1, 20, "write a whole number from 1 to 20"),
            "reveal" if value == "at once" => {
                self.reveal = 0;
                return Some(Ok(()));
            }
            "reveal" => (
                &mut self.reveal,
                1,
                20,
                "write “at once”, or after how many misses: 1 to 20",
            ),
            _ => return None,
        };
        match value.parse() {
            Ok(number) if (least..=most).contains(&number) => {
                *place = number;
                Some(Ok(()))
            }
            _ => Some(Err((format!("“{value}” cannot be `{key}`"), mend))),
        }
    }
}
