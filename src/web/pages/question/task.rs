//! The part of a question that is operated: its fields, filled, with what is said at each place.

use serde::Serialize;

use super::given::Given;
use crate::questions::{Feedback, Outcome, Question, Task, Verdict};

/// What the template `question-task.html` is filled with.
#[derive(Debug, Default, Serialize)]
pub(crate) struct TaskView<'a> {
    choices: Vec<ChoiceView<'a>>,
    steps: Vec<StepView<'a>>,
    pairs: Vec<PairView<'a>>,
    /// The prompt cut at its gaps; empty where there are none.
    pieces: Vec<PieceView<'a>>,
    /// What was last sent, or what the learner begins with.
    text: String,
    /// Lines that a text area shows.
    rows: usize,
    /// Of code: its language.
    language: Option<&'static str>,
}

/// What is said at a place.
#[derive(Debug, Default, Serialize)]
struct Said {
    /// `right` or `wrong`, once that may be told.
    mark: Option<&'static str>,
    html: Option<String>,
}

#[derive(Debug, Serialize)]
struct ChoiceView<'a> {
    text_html: &'a str,
    chosen: bool,
    said: Said,
}

#[derive(Debug, Serialize)]
struct StepView<'a> {
    /// Its number in the order that is shown at first.
    shown: usize,
    text_html: &'a str,
    /// From 1; none before it was placed.
    place: Option<usize>,
    said: Said,
}

#[derive(Debug, Serialize)]
struct PairView<'a> {
    text_html: &'a str,
    rights: Vec<RightView<'a>>,
    said: Said,
}

#[derive(Debug, Serialize)]
struct RightView<'a> {
    text: &'a str,
    chosen: bool,
}

#[derive(Debug, Serialize)]
struct PieceView<'a> {
    html: &'a str,
    gap: Option<GapView>,
}

#[derive(Debug, Serialize)]
struct GapView {
    text: String,
    said: Said,
}

impl<'a> TaskView<'a> {
    /// The fields of a question with what stands in them and, where it was judged, its verdict.
    #[must_use]
    pub(crate) fn new(question: &'a Question, given: &Given, verdict: Option<&Verdict>) -> Self {
        let mut view = Self {
            text: given.text.clone(),
            ..Self::default()
        };
        match &question.task {
            Task::Choices(choices) => {
                let choices = choices.choices.iter().enumerate();
                view.choices = choices
                    .map(|(at, choice)| {
                        let chosen = given.choices.contains(&at);
                        let said = about_choice(at, choice.right, verdict);
                        ChoiceView {
                            text_html: &choice.text_html,
                            chosen,
                            said: if chosen { said } else { Said::default() },
                        }
                    })
                    .collect();
            }
            Task::Steps(steps) => {
                let shown = steps.shown.iter().enumerate();
                let mut views: Vec<StepView> = shown
                    .map(|(shown, &step)| {
                        let place = given.places.get(shown).copied().flatten();
                        StepView {
                            shown,
                            text_html: &steps.steps[step].text_html,
                            place: place.map(|place| place + 1),
                            said: place.map(|place| at(place, verdict)).unwrap_or_default(),
                        }
                    })
                    .collect();
                views.sort_by_key(|step| step.place.unwrap_or(usize::MAX));
                view.steps = views;
            }
            Task::Pairs(pairs) => {
                let lefts = pairs.lefts.iter().enumerate();
                view.pairs = lefts
                    .map(|(place, left)| {
                        let chosen = given.pairs.get(place).copied().flatten();
                        let rights = pairs.shown.iter().enumerate();
                        PairView {
                            text_html: &left.text_html,
                            rights: rights
                                .map(|(shown, &right)| RightView {
                                    text: &pairs.rights[right],
                                    chosen: chosen == Some(shown),
                                })
                                .collect(),
                            said: at(place, verdict),
                        }
                    })
                    .collect();
            }
            Task::Gaps(gaps) => {
                let marks = gaps.gaps.iter().map(crate::questions::gaps::Gap::mark);
                view.pieces = pieces(&question.prompt_html, marks, given, verdict);
            }
            Task::Code(code) => {
                if view.text.is_empty() {
                    view.text.clone_from(&code.start);
                }
                view.language = Some(code.language.shown());
                view.rows = view.text.lines().count().clamp(4, 16) + 1;
            }
            Task::Words(_) => view.rows = view.text.lines().count().clamp(4, 16),
            Task::Text(_) => {}
        }
        view
    }
}

fn pieces<'a>(
    html: &'a str,
    marks: impl Iterator<Item = String>,
    given: &Given,
    verdict: Option<&Verdict>,
) -> Vec<PieceView<'a>> {
    let mut pieces = Vec::new();
    let mut rest = html;
    for (place, mark) in marks.enumerate() {
        // The marks were found once each, in this order, when the lesson was loaded.
        let Some((before, after)) = rest.split_once(&mark) else {
            continue;
        };
        pieces.push(PieceView {
            html: before,
            gap: Some(GapView {
                text: given.gaps.get(place).cloned().unwrap_or_default(),
                said: at(place, verdict),
            }),
        });
        rest = after;
    }
    pieces.push(PieceView {
        html: rest,
        gap: None,
    });
    pieces
}

/// A choice that was made is marked when there was no more than it to get right, or something is
/// said about it: to mark each wrong box of several would give the answer away.
fn about_choice(at: usize, right: bool, verdict: Option<&Verdict>) -> Said {
    let html = verdict.and_then(|verdict| feedback(at, &verdict.feedback));
    let all_right = verdict.is_some_and(|verdict| verdict.outcome == Outcome::Correct);
    let told = all_right || html.is_some();
    Said {
        mark: told.then_some(if right { "right" } else { "wrong" }),
        html,
    }
}

/// What is said about a place that the verdict tells about.
fn at(place: usize, verdict: Option<&Verdict>) -> Said {
    let Some(verdict) = verdict else {
        return Said::default();
    };
    let right = verdict.places.get(place);
    Said {
        mark: right.map(|right| if *right { "right" } else { "wrong" }),
        html: feedback(place, &verdict.feedback),
    }
}

fn feedback(place: usize, all: &[Feedback]) -> Option<String> {
    let mut of_place = all.iter().filter(|said| said.place == Some(place));
    of_place.next().map(|said| said.html.clone())
}
