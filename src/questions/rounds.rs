//! What a learner did at a question, followed in rounds.
//!
//! A round begins with the first answer, and again when the question comes back for review. It has
//! as many tries as the author allows; whoever uses them up, looks at the answer, or is shown it to
//! judge their own words, closes it. A question that was missed, or guessed, comes back: after a day,
//! and each time that it is right at once, after a longer while; a miss begins again with a day.
//!
//! A question that has changed since it was answered is asked anew: a round begins, with new tries, and what
//! came of the earlier ones stays.
//!
//! All of it follows from the deeds alone, so nothing but them is kept. Their order is certain, their times are not:
//! the machine's clock may have been ahead or behind for a while. So a round begins only where enough time has passed
//! whichever of them is wrong ([`Moment`]), and a clock that is set gives nobody new tries.

use super::{Outcome, QuestionSettings, QuestionVersion};

/// How many answers are kept of those that follow a right one in the same round: whoever practises more has seen
/// what there is to see.
const PRACTICE: u32 = 50;

const DAY: u64 = 24 * 60 * 60 * 1000;

/// How long a question rests before each review, in milliseconds: the spacing of Leitner's boxes.
const INTERVALS: [u64; 4] = [DAY, 3 * DAY, 7 * DAY, 21 * DAY];

/// How a question is asked now, as far as rounds depend on it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Terms {
    /// How often it may be tried.
    pub(crate) settings: QuestionSettings,
    /// Tells it from what it was.
    pub(crate) version: QuestionVersion,
}

/// Something that a learner did at a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct QuestionDeed {
    /// When, in milliseconds since 1970.
    pub(crate) at_ms: u64,
    /// What.
    pub(crate) act: Act,
    /// The question as it was then; none where that was not kept, which counts as no change.
    pub(crate) version: Option<QuestionVersion>,
}

/// What a learner did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Act {
    /// Gave an answer.
    Answered {
        /// How it was judged; by the learner where the judge was not sure and they did.
        outcome: Outcome,
        /// Whether the learner said that it was a guess.
        guessed: bool,
    },
    /// Looked at the answer.
    Revealed,
}

/// The round that a learner is in at a question, and what came of the earlier ones.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a fact of its own about the round"
)]
pub(crate) struct Round {
    /// Answers of this round that were not right.
    pub(crate) misses: u32,
    /// Whether this round has a right answer.
    pub(crate) right: bool,
    /// Whether the answer was looked at, or shown, in this round.
    pub(crate) revealed: bool,
    /// Whether no more answers are taken in this round.
    pub(crate) closed: bool,
    /// Whether there was ever a right answer.
    pub(crate) ever_right: bool,
    /// Whether a round was closed, or answered right: the question is worked through.
    pub(crate) settled: bool,
    /// Whether it is back for review, and nothing was answered since.
    pub(crate) due: bool,
    /// Whether the question has changed since the learner last did something at it.
    pub(crate) changed: bool,
    /// When it comes back, in milliseconds since 1970.
    pub(crate) due_ms: Option<u64>,
    /// How many of the deeds belong to earlier rounds.
    pub(crate) earlier: usize,
    /// The same as a moment.
    due_at: Option<Moment>,
    /// Answers that were given in this round once it was right.
    practice: u32,
    /// Which interval it rests for, in review.
    level: Option<usize>,
    began: bool,
}

/// When something was done, in milliseconds since 1970: not later than what was done after it, and not earlier than
/// what was done before. The two are the same where nobody has set the clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Moment {
    earliest: u64,
    latest: u64,
}

impl Moment {
    /// Of each deed, and of now.
    fn all(deeds: &[QuestionDeed], now_ms: u64) -> Vec<Self> {
        let times = deeds.iter().map(|deed| deed.at_ms.min(now_ms));
        let mut latest = 0;
        let mut moments: Vec<Self> = times
            .chain([now_ms])
            .map(|at| {
                latest = at.max(latest);
                Self {
                    earliest: at,
                    latest,
                }
            })
            .collect();
        let mut earliest = now_ms;
        for moment in moments.iter_mut().rev() {
            earliest = earliest.min(moment.earliest);
            moment.earliest = earliest;
        }
        moments
    }

    fn after(self, interval: u64) -> Self {
        Self {
            earliest: self.earliest + interval,
            latest: self.latest + interval,
        }
    }

    /// Whether it has come, as far as is known.
    fn has_come(self, now: Self) -> bool {
        self.earliest <= now.earliest && self.latest <= now.latest
    }
}

impl Round {
    /// Where the deeds, the oldest first, lead at a time in milliseconds since 1970.
    #[must_use]
    pub(crate) fn of(deeds: &[QuestionDeed], terms: &Terms, now_ms: u64) -> Self {
        let mut round = Self::default();
        let mut asked: Option<&QuestionVersion> = None;
        let moments = Moment::all(deeds, now_ms);
        for (index, (deed, at)) in deeds.iter().zip(&moments).enumerate() {
            round.open_when_back(*at, index);
            if let Some(version) = &deed.version {
                round.open_when_changed(asked, version, index);
                asked = Some(version);
            }
            round.take(deed, *at, terms.settings);
        }
        let now = Moment {
            earliest: now_ms,
            latest: now_ms,
        };
        let was_due = round.open_when_back(now, deeds.len());
        round.changed = round.open_when_changed(asked, &terms.version, deeds.len());
        round.due = was_due;
        round
    }

    /// How many more answers are taken in this round.
    #[must_use]
    pub(crate) fn tries_left(&self, settings: QuestionSettings) -> u32 {
        if self.closed {
            0
        } else {
            settings.tries.saturating_sub(self.misses)
        }
    }

    /// Whether no more practice is kept in this round.
    #[must_use]
    pub(crate) fn is_practised(&self) -> bool {
        self.practice >= PRACTICE
    }

    /// Whether the explanation and a model answer may be looked at now.
    #[must_use]
    pub(crate) fn may_reveal(&self, settings: QuestionSettings) -> bool {
        self.misses >= settings.reveal || self.closed
    }

    /// Begins a round where the question is back. Answers whether it does.
    fn open_when_back(&mut self, at: Moment, earlier: usize) -> bool {
        let back = self.due_at.is_some_and(|due| due.has_come(at));
        if back {
            self.open_anew(earlier);
        }
        back
    }

    /// Begins a round where the question is no longer what it was. Answers whether it does.
    fn open_when_changed(
        &mut self,
        was: Option<&QuestionVersion>,
        version: &QuestionVersion,
        earlier: usize,
    ) -> bool {
        let changed = was.is_some_and(|was| was != version);
        if changed {
            self.open_anew(earlier);
        }
        changed
    }

    fn open_anew(&mut self, earlier: usize) {
        *self = Self {
            ever_right: self.ever_right,
            settled: self.settled,
            level: self.level,
            due_ms: self.due_ms,
            due_at: self.due_at,
            earlier,
            ..Self::default()
        };
    }

    fn take(&mut self, deed: &QuestionDeed, at: Moment, settings: QuestionSettings) {
        let first = !self.began;
        self.began = true;
        match deed.act {
            Act::Revealed => self.revealed = true,
            // Once it is right, more answers are practice.
            Act::Answered { .. } if self.right => {
                self.practice += 1;
                return;
            }
            Act::Answered {
                outcome: Outcome::Correct,
                guessed,
            } => {
                self.right = true;
                self.ever_right = true;
                self.rest(at, first && !guessed);
            }
            Act::Answered { outcome, .. } => {
                self.misses += 1;
                // To judge their own words the learner was shown the answer.
                self.revealed |= outcome == Outcome::Unsure;
            }
        }
        self.closed = !self.right && (self.revealed || self.misses >= settings.tries);
        self.settled |= self.right || self.closed;
        if !self.right {
            self.rest(at, false);
        }
    }

    /// Sets when the question comes back: later where it was right at once, in a day where not.
    fn rest(&mut self, at: Moment, at_once: bool) {
        self.level = match self.level {
            None if at_once => None,
            Some(level) if at_once => Some(level + 1),
            _ => Some(0),
        };
        let interval = self.level.and_then(|level| INTERVALS.get(level));
        self.due_at = interval.map(|interval| at.after(*interval));
        self.due_ms = self.due_at.map(|due| due.latest);
        if interval.is_none() {
            self.level = None;
        }
    }
}

#[cfg(test)]
#[path = "rounds_tests.rs"]
mod tests;
