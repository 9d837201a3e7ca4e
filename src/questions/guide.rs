//! The questions of the author's guide, for tests.

use super::{Lexicon, Question, parse};

/// They are sound, or the test that asks fails.
pub(crate) fn guide() -> Vec<Question> {
    let guide = include_str!("../../lessons/README.md");
    let lexicon = Lexicon::read(include_str!("../../lessons/course.words"));
    let lexicon = lexicon.expect("words without a fault");
    let examples = guide.split("````markdown\n").skip(1);
    let examples =
        examples.filter_map(|rest| rest.split_once("\n````")?.0.split_once("```question "));
    let parsed = examples.map(|(_, block)| {
        let (id, block) = block.split_once('\n').expect("an id");
        let (block, _) = block.rsplit_once("```").expect("the end of the fence");
        parse(&lexicon, id, block, 1, &mut |text, _| {
            format!("<p>{text}</p>")
        })
        .unwrap_or_else(|faults| panic!("{id}: {faults:?}"))
    });
    parsed.collect()
}
