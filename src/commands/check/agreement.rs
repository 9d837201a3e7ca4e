//! Whether answers in one's own words are judged as the author of the question judges them.

use crate::course::{Course, Diagnostic};
use crate::questions::{Agreement, Judged, Outcome};

/// The least part of the marked answers that is judged as their author does, in percent.
const LEAST: usize = 95;

/// Prints a line for each question in one's own words, and gives what is wrong with them.
pub(super) fn prove(course: &Course) -> Vec<Diagnostic> {
    let mut faults = Vec::new();
    for lesson in course.lessons() {
        let path = format!("{}/index.md", lesson.folder);
        for question in &lesson.questions {
            if let Some(agreement) = question.agreement() {
                println!("{}", row(&question.id, &agreement));
                faults.extend(found(&path, &agreement));
            }
        }
    }
    faults
}

/// “`id`: 14 of 14 marked answers agree; …”
fn row(id: &str, agreement: &Agreement) -> String {
    let part = |held_out: bool| {
        let of_part = agreement.judged.iter();
        of_part.filter(move |judged| judged.marked.held_out == held_out)
    };
    let agreeing = |held_out| {
        let agreeing = part(held_out).filter(|judged| judged.agrees()).count();
        format!("{agreeing} of {}", part(held_out).count())
    };
    let all = || agreement.judged.iter();
    let accepted = all().filter(|judged| judged.is_false_accept()).count();
    let refused = all().filter(|judged| judged.is_false_refusal()).count();
    let held_out = match part(true).next() {
        Some(_) => format!("held out {}", agreeing(true)),
        None => "none held out".to_owned(),
    };
    let agreeing = agreeing(false);
    format!(
        "{id}: {agreeing} marked answers agree, {held_out}; false accepts {accepted}, false refusals {refused}"
    )
}

/// Each answer that is judged otherwise where those are too many, and what is never right: a wrong
/// answer that is accepted, a model answer that is refused.
fn found(path: &str, agreement: &Agreement) -> Vec<Diagnostic> {
    let fault = |line, problem: String, mend: &str| Diagnostic {
        path: path.to_owned(),
        line,
        problem,
        mend: mend.to_owned(),
    };
    let mut faults = Vec::new();
    if !agreement.model_accepted {
        let mend = "add its wordings to the concepts, or say all of them in it";
        let problem = "the model answer is not judged as right".to_owned();
        faults.push(fault(agreement.model_line, problem, mend));
    }
    let in_all = agreement.judged.len();
    let agreeing = agreement.judged.iter().filter(|j| j.agrees()).count();
    let too_few = agreeing * 100 < in_all * LEAST;
    let never =
        |judged: &Judged| judged.is_false_accept() && judged.marked.outcome == Outcome::Incorrect;
    let others = agreement.judged.iter().filter(|judged| !judged.agrees());
    for judged in others.filter(|judged| too_few || never(judged)) {
        let marked = word(judged.marked.outcome);
        let verdict = word(judged.verdict.outcome);
        let answer = &judged.marked.answer;
        let few = if too_few {
            format!(" ({agreeing} of {in_all} agree, and {LEAST} % must)")
        } else {
            String::new()
        };
        faults.push(fault(
            judged.marked.line,
            format!("marked {marked}, judged {verdict}: “{answer}”{few}"),
            mend(judged),
        ));
    }
    faults
}

fn mend(judged: &Judged) -> &'static str {
    match (judged.marked.outcome, judged.verdict.outcome) {
        (Outcome::Correct, _) | (_, Outcome::Unsure) => {
            "add a wording of it to a concept or a misconception, or mark it otherwise"
        }
        (_, Outcome::Correct | Outcome::Partial) => {
            "narrow the wording of the concept, add a misconception, or mark it otherwise"
        }
        (_, Outcome::Incorrect) => {
            "narrow the misconception or add a wording to a concept, or mark it otherwise"
        }
    }
}

fn word(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Correct => "right",
        Outcome::Partial => "partly right",
        Outcome::Incorrect => "wrong",
        Outcome::Unsure => "unsure",
    }
}

#[cfg(test)]
#[path = "agreement_tests.rs"]
mod tests;
