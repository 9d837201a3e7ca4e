//! A kind of question that is written outside `questions/`: read, judged, refilled and drawn.

use serde::Serialize;
use serde_json::{Value, json};

use crate::assets::{Context, Templates};
use crate::form::FormFields;
use crate::questions::guide::guide;
use crate::questions::kinds::{KINDS, Kind, MarkedBlock, Syntax, Task};
use crate::questions::lines::{LineMark, Role, keyed};
use crate::questions::parse::{BlockReader, parse_as};
use crate::questions::{Answer, AnswerError, Lexicon, Outcome, Question, Verdict};

/// `number: 201` and `number: 404`: the answer lies between them.
const NUMBER: &str = "number:";

const KIND: Kind = Kind {
    name: "number",
    written: "numbers (“number: …”)",
    line_help: &[("number", "the number")],
    syntax: Syntax::Marks {
        mark,
        opens: &[NUMBER],
        shares: &[],
        lists: false,
        read,
    },
};

fn mark(line: &str) -> Option<(LineMark, &str)> {
    keyed(line, NUMBER, Role::Answer)
}

fn read(block: &MarkedBlock, reader: &mut BlockReader) -> Option<Box<dyn Task>> {
    let numbers = block.items.iter().map(|item| item.text.markdown().parse());
    let numbers: Result<Vec<i64>, _> = numbers.collect();
    if let Ok([least, most]) = numbers.as_deref() {
        Some(Box::new(Number {
            least: *least,
            most: *most,
            model_html: format!("<p>{least}</p>"),
        }))
    } else {
        reader.fault(reader.line, "there are not two numbers", "write two");
        None
    }
}

#[derive(Debug)]
struct Number {
    least: i64,
    most: i64,
    model_html: String,
}

impl Task for Number {
    fn kind(&self) -> &'static str {
        KIND.name
    }

    fn instruction(&self) -> &'static str {
        "write a number"
    }

    fn model_html(&self) -> &str {
        &self.model_html
    }

    fn judge(&self, answer: &Answer) -> Result<Verdict, AnswerError> {
        let number: i64 = answer.said("number")?;
        let right = (self.least..=self.most).contains(&number);
        let score = f64::from(u8::from(right));
        Ok(Verdict::whole(Outcome::of(score), score, Vec::new()))
    }

    fn answer(&self, fields: &FormFields) -> Result<Answer, AnswerError> {
        let written = fields.first("number").ok_or(AnswerError::NothingWritten)?;
        let number: Result<i64, _> = written.parse();
        Ok(Answer::new(
            "number",
            number.map_err(|_| AnswerError::NotANumber)?,
        ))
    }

    fn fields(&self, answer: &Answer) -> FormFields {
        let number: Option<i64> = answer.said("number").ok();
        let field = number.map(|number| ("number".to_owned(), number.to_string()));
        field.into_iter().collect()
    }

    fn answer_of_line(&self, line: &str) -> Answer {
        Answer::new("number", line.parse::<i64>().ok())
    }

    fn view(&self, fields: &FormFields, _: Option<&Verdict>) -> Value {
        json!({ "number": fields.first("number") })
    }
}

fn parsed(source: &str) -> Result<Question, Vec<String>> {
    let kinds: Vec<Kind> = KINDS.iter().copied().chain([KIND]).collect();
    let render = &mut |markdown: &str, _| format!("<p>{markdown}</p>");
    let parsed = parse_as(&kinds, &Lexicon::default(), "status", source, 1, render);
    parsed.map_err(|faults| faults.into_iter().map(|fault| fault.problem).collect())
}

#[derive(Serialize)]
struct Page {
    question: Value,
}

#[test]
fn a_kind_from_outside_is_read_judged_and_drawn() {
    let question = parsed("Which?\n\nnumber: 200\nnumber: 299\nhint: Low.\n").expect("a question");
    assert_eq!((question.kind(), question.hints.len()), ("number", 1));
    let judged = |line| question.judge(&question.answer_of_line(line));
    assert_eq!(
        judged("204").map(|verdict| verdict.outcome),
        Ok(Outcome::Correct)
    );
    assert_eq!(
        judged("404").map(|verdict| verdict.outcome),
        Ok(Outcome::Incorrect)
    );
    assert_eq!(judged("no"), Err(AnswerError::OtherKind));

    let kept = r#"{"number":204}"#;
    let answer: Answer = serde_json::from_str(kept).expect("JSON");
    let fields = question.fields(&answer);
    assert_eq!(question.answer(&fields), Ok(answer));

    let partial = r#"<input name="number" value="{{ question.task.number }}">"#;
    let templates = Templates::with(vec![("questions/number.html".into(), partial.into())]);
    let view = json!({ "kind": question.kind(), "task": question.view(&fields, None) });
    let context = Context::from_serialize(&Page { question: view }).expect("a context");
    let drawn = templates
        .expect("sound templates")
        .render("question-fields.html", &context);
    assert_eq!(
        drawn.expect("drawn").trim(),
        r#"<input name="number" value="204">"#
    );
}

#[test]
fn its_faults_are_told_and_it_does_not_mix_with_others() {
    assert_eq!(
        parsed("Which?\nnumber: 200\n").expect_err("a fault"),
        ["there are not two numbers"]
    );
    let mixed = parsed("Which?\nnumber: 200\n( ) other\n").expect_err("a fault");
    assert_eq!(mixed, ["this answer is of another kind than the first one"]);
}

#[test]
fn every_kind_has_its_template() {
    let templates = Templates::new().expect("sound templates");
    let guide = guide();
    for kind in KINDS {
        let of_kind = guide.iter().find(|question| question.kind() == kind.name);
        let question = of_kind.expect("an example in the author's guide");
        let task = question.view(&FormFields::default(), None);
        let view = json!({ "kind": kind.name, "id": "q", "limit": 1, "task": task });
        let context = Context::from_serialize(&Page { question: view }).expect("a context");
        let drawn = templates
            .render("question-fields.html", &context)
            .expect("drawn");
        assert!(drawn.contains('<'), "{}: {drawn}", kind.name);
    }
}
