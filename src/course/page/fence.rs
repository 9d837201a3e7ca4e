//! Fenced blocks: code, diagrams, questions and steps.

use pulldown_cmark::CodeBlockKind;

use super::RenderedPage;
use super::code::{self, Info};
use super::diagram;
use super::walk::Walk;
use crate::course::diagnostic::FileFaults;
use crate::course::{LessonBlock, step};
use crate::questions;

/// A fenced block being read.
pub(super) struct Fence {
    pub(super) text: String,
    info: Info,
    line: usize,
}

impl Walk<'_, '_, '_> {
    pub(super) fn open_fence(&mut self, kind: &CodeBlockKind<'_>, line: usize) {
        let info = match kind {
            CodeBlockKind::Fenced(info) => Info::read(info),
            CodeBlockKind::Indented => Info::default(),
        };
        self.fence = Some(Fence {
            info,
            line,
            text: String::new(),
        });
    }

    pub(super) fn close_fence(&mut self) {
        let Some(fence) = self.fence.take() else {
            return;
        };
        match &*fence.info.language {
            own @ ("question" | "step") if !self.whole || self.depth > 0 => self.desk.faults.add(
                fence.line,
                format!("a {own} stands inside something else"),
                "move it to the page's left margin",
            ),
            "question" => self.question(&fence),
            "step" => self.step(&fence),
            "mermaid" => self.diagram(&fence),
            _ => self.code(&fence),
        }
    }

    fn code(&mut self, fence: &Fence) {
        if fence.info.title.is_none() && !fence.info.rest.is_empty() {
            let problem = format!("“{}” means nothing behind a language", fence.info.rest);
            self.desk
                .faults
                .add(fence.line, problem, "remove it, or write `title=\"…\"`");
        }
        if code::is_deep(&fence.info, &fence.text) {
            let problem = "brackets or tags stand more than 100 deep in each other in this code";
            let mend = "show a part of it with fewer levels, or write “text” as its language";
            return self.desk.faults.add(fence.line, problem, mend);
        }
        match code::figure(&fence.info, &fence.text, &mut self.desk.highlighter) {
            Some(html) => self.put(html, fence.line),
            None => self.desk.faults.add(
                fence.line,
                format!("the language “{}” is unknown", fence.info.language),
                format!("write {}", code::KNOWN),
            ),
        }
    }

    fn diagram(&mut self, fence: &Fence) {
        let id = self.desk.ids.count("diagram");
        let Fence { info, line, text } = fence;
        match diagram::figure(&id, text, info.title.as_deref(), &info.rest) {
            Ok(html) => self.put(html, *line),
            Err(fault) => {
                let before = text.get(..fault.offset).unwrap_or(text);
                let below = before.matches('\n').count() + usize::from(fault.offset > 0);
                self.desk
                    .faults
                    .add(line + below, fault.problem, fault.mend);
            }
        }
    }

    fn question(&mut self, fence: &Fence) {
        self.cut();
        let Fence { info, line, text } = fence;
        let desk = &mut *self.desk;
        let lexicon = desk.place.lexicon;
        let parsed = questions::parse(lexicon, &info.rest, text, *line, &mut |markdown, first| {
            html_of(Walk::fragment(desk, markdown, first).run(markdown))
        });
        match parsed {
            Ok(question) => {
                self.page.blocks.push(LessonBlock::Question {
                    id: question.id.clone(),
                });
                self.page.questions.push((*line, question));
            }
            Err(faults) => {
                for fault in faults {
                    self.desk.faults.add(fault.line, fault.problem, fault.mend);
                }
            }
        }
    }

    fn step(&mut self, fence: &Fence) {
        self.cut();
        let Fence { info, line, text } = fence;
        let mut faults = FileFaults::of("");
        let mut words = String::new();
        let desk = &mut *self.desk;
        let parsed = step::parse(
            (&info.rest, text, *line),
            &mut faults,
            &mut |markdown, first| {
                let page = Walk::fragment(desk, markdown, first).run(markdown);
                for section in &page.sections {
                    words.push(' ');
                    words.push_str(&section.text);
                }
                html_of(page)
            },
        );
        for fault in faults.found {
            self.desk.faults.add(fault.line, fault.problem, fault.mend);
        }
        // A step is a part of the prose, which the search looks through.
        self.say(&words);
        if let Some(mut step) = parsed {
            for edit in &mut step.edits {
                edit.colour(|file, code| code::lines(file, code, &mut self.desk.highlighter));
            }
            let id = step.id.clone();
            self.page.blocks.push(LessonBlock::Step { id });
            self.page.steps.push(step);
        }
    }
}

/// The HTML of a fragment, in which there are no questions and no steps.
fn html_of(page: RenderedPage) -> String {
    let html = page.blocks.into_iter().map(|block| match block {
        LessonBlock::Prose { html } => html,
        LessonBlock::Question { .. } | LessonBlock::Step { .. } => String::new(),
    });
    html.collect()
}
