//! The walk along a page's Markdown events.
//!
//! Most events go on as they are; what needs more than pulldown-cmark's HTML is replaced by marks
//! of our own pieces ([`super::seal`]). A walk is over a whole page, or over a fragment of a
//! question, where there are no questions, footnotes or sections.

use std::mem;

use pulldown_cmark::utils::TextMergeWithOffset;
use pulldown_cmark::{Alignment, Event, Options, Parser, Tag, TagEnd, html};

use super::fence::Fence;
use super::link::{self, HeadingLink, LinkTarget};
use super::notes::Notes;
use super::parts::{Header, Title};
use super::seal::{self, SealedMarkup};
use super::{RenderedPage, Rendering};
use crate::course::diagnostic::Lines;
use crate::course::{LessonBlock, Section};
use crate::escape::escaped;

const EXTENSIONS: Options = Options::ENABLE_TABLES
    .union(Options::ENABLE_STRIKETHROUGH)
    .union(Options::ENABLE_TASKLISTS)
    .union(Options::ENABLE_GFM);

/// The most elements inside each other, in Markdown and in HTML. The sanitiser asks for each element what it stands
/// in, so a deep page would take it minutes.
const DEEPEST: usize = 100;
const DEEP: &str = "quotes, lists or HTML stand more than 100 deep in each other here";
const SHALLOWER: &str = "write it with fewer levels";

/// A walk under way.
pub(super) struct Walk<'d, 'p, 's> {
    pub(super) desk: &'d mut Rendering<'p>,
    pub(super) page: RenderedPage,
    pub(super) own: SealedMarkup,
    pub(super) out: Vec<Event<'s>>,
    pub(super) notes: Notes<'s>,
    pub(super) title: Option<Title>,
    pub(super) header: Option<Header>,
    pub(super) columns: Vec<Alignment>,
    pub(super) column: usize,
    lines: Lines,
    /// Whether this is a page, not a fragment of a question.
    pub(super) whole: bool,
    /// How many elements are open here.
    pub(super) depth: usize,
    pub(super) fence: Option<Fence>,
    links: Vec<bool>,
    /// The line of the first HTML since the last cut.
    html: Option<usize>,
}

impl<'d, 'p, 's> Walk<'d, 'p, 's> {
    /// A walk over a page.
    pub(super) fn page(desk: &'d mut Rendering<'p>, source: &str, first: usize) -> Self {
        Self {
            desk,
            page: RenderedPage {
                sections: vec![Section::default()],
                ..RenderedPage::default()
            },
            own: SealedMarkup::default(),
            out: Vec::new(),
            notes: Notes::default(),
            title: None,
            header: None,
            columns: Vec::new(),
            column: 0,
            lines: Lines::of(source, first),
            whole: true,
            depth: 0,
            links: Vec::new(),
            html: None,
            fence: None,
        }
    }

    pub(super) fn fragment(desk: &'d mut Rendering<'p>, source: &str, first: usize) -> Self {
        Self {
            whole: false,
            ..Self::page(desk, source, first)
        }
    }

    /// Walks to the end.
    pub(super) fn run(mut self, source: &'s str) -> RenderedPage {
        let notes = if self.whole {
            Options::ENABLE_FOOTNOTES
        } else {
            Options::empty()
        };
        let events = Parser::new_ext(source, EXTENSIONS.union(notes)).into_offset_iter();
        for (event, range) in TextMergeWithOffset::new(events) {
            let line = self.lines.at(range.start);
            if self.depth > DEEPEST && matches!(event, Event::Start(_)) {
                // What is made of the rest is thrown away.
                self.desk.faults.add(line, DEEP, SHALLOWER);
                return self.page;
            }
            self.event(event, line);
        }
        self.cut();
        if let Some(html) = self.endnotes() {
            self.page.blocks.push(LessonBlock::Prose { html });
        }
        self.page
    }

    fn event(&mut self, event: Event<'s>, line: usize) {
        match event {
            Event::Start(tag) => {
                self.start(tag, line);
                self.depth += 1;
            }
            Event::End(tag) => {
                self.depth = self.depth.saturating_sub(1);
                self.end(tag, line);
            }
            Event::Text(text) => match &mut self.fence {
                Some(fence) => fence.text.push_str(&text),
                None => self.text(&text, line),
            },
            Event::Code(text) => {
                self.say(&text);
                self.out.push(Event::Code(text));
            }
            Event::FootnoteReference(name) => self.note_reference(&name, line),
            Event::TaskListMarker(done) => {
                let checked = if done { " checked" } else { "" };
                self.put(
                    format!("<input type=\"checkbox\" disabled{checked}> "),
                    line,
                );
            }
            Event::SoftBreak | Event::HardBreak => {
                self.say(" ");
                self.out.push(event);
            }
            other => {
                if matches!(other, Event::Html(_) | Event::InlineHtml(_)) {
                    self.html.get_or_insert(line);
                }
                self.out.push(other);
            }
        }
    }

    fn start(&mut self, tag: Tag<'s>, line: usize) {
        match tag {
            Tag::CodeBlock(kind) => self.open_fence(&kind, line),
            Tag::Heading { level, .. } => self.open_title(level, line),
            Tag::BlockQuote(Some(kind)) => self.open_admonition(kind, line),
            Tag::Table(columns) => self.open_table(columns, line),
            Tag::TableHead | Tag::TableRow => {
                self.column = 0;
                self.out.push(Event::Start(tag));
            }
            Tag::TableCell => self.open_cell(),
            Tag::FootnoteDefinition(name) => self.open_note(name, line),
            Tag::Link { dest_url, .. } => self.open_link(&dest_url, line),
            Tag::Image { .. } => self.desk.faults.add(
                line,
                "a lesson has no pictures",
                "draw a diagram in a “```mermaid” block, or show it in the sandbox",
            ),
            other => self.out.push(Event::Start(other)),
        }
    }

    fn end(&mut self, tag: TagEnd, line: usize) {
        match tag {
            TagEnd::CodeBlock => self.close_fence(),
            TagEnd::Heading(level) => self.close_title(level, line),
            TagEnd::BlockQuote(Some(_)) => self.put("</div>\n".into(), line),
            TagEnd::Table => self.close_table(line),
            TagEnd::TableHead => self.close_header(),
            TagEnd::FootnoteDefinition => self.close_note(),
            TagEnd::Link => {
                if self.links.pop() == Some(true) {
                    self.put("</a>".into(), line);
                }
                return;
            }
            TagEnd::Image => return,
            other => self.out.push(Event::End(other)),
        }
        if !matches!(
            tag,
            TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough
        ) {
            self.say(" ");
        }
    }

    /// Puts a piece of our own here.
    pub(super) fn put(&mut self, html: String, line: usize) {
        let mark = self.own.keep(&self.desk.seal, html, line);
        self.out.push(Event::Html(mark.into()));
    }

    /// Keeps words for the search, and for what is named after its words.
    pub(super) fn say(&mut self, words: &str) {
        if let Some(title) = &mut self.title {
            title.text.push_str(words);
        } else if let Some(section) = self.page.sections.last_mut() {
            section.text.push_str(words);
        }
        if let Some(name) = self
            .header
            .as_mut()
            .and_then(|header| header.names.last_mut())
        {
            name.push_str(words);
        }
    }

    fn text(&mut self, text: &str, line: usize) {
        self.say(text);
        if !self.links.is_empty() {
            return self.out.push(Event::Text(text.to_owned().into()));
        }
        for (piece, is_address) in link::autolinked(text) {
            if is_address {
                self.open_link(piece, line);
            }
            self.out.push(Event::Text(piece.to_owned().into()));
            if is_address {
                self.end(TagEnd::Link, line);
            }
        }
    }

    fn open_link(&mut self, destination: &str, line: usize) {
        let place = self.desk.place;
        let target = link::resolve(destination, place.folder, place.places);
        self.links.push(target.is_ok());
        match target {
            Ok(LinkTarget::Outside(address)) => {
                let address = escaped(&address);
                let html = format!("<a class=\"external\" href=\"{address}\" rel=\"noopener\">");
                self.put(html, line);
            }
            Ok(LinkTarget::Lesson { slug, fragment }) => {
                let page = if slug == place.slug {
                    String::new()
                } else {
                    format!("/lessons/{slug}")
                };
                let hash = fragment.as_ref().map(|f| format!("#{}", escaped(f)));
                self.put(
                    format!("<a href=\"{page}{}\">", hash.unwrap_or_default()),
                    line,
                );
                if let Some(fragment) = fragment {
                    self.desk.links.push(HeadingLink {
                        line,
                        slug,
                        fragment,
                    });
                }
            }
            Err((problem, mend)) => self.desk.faults.add(line, problem, mend),
        }
    }

    /// Ends a block of prose here.
    pub(super) fn cut(&mut self) {
        let html = self.finished();
        if !html.trim().is_empty() {
            self.page.blocks.push(LessonBlock::Prose { html });
        }
    }

    /// What was written since the last cut, as safe HTML.
    pub(super) fn finished(&mut self) -> String {
        let mut written = String::new();
        html::push_html(&mut written, mem::take(&mut self.out).into_iter());
        let own = mem::take(&mut self.own);
        let html = self.html.take();
        if let Some(line) = html.filter(|_| seal::depth(&written) > DEEPEST) {
            self.desk.faults.add(line, DEEP, SHALLOWER);
            return String::new();
        }
        own.merge(&self.desk.seal, &written)
            .unwrap_or_else(|line| {
                self.desk.faults.add(
                    line,
                    "HTML above swallows this part of the page",
                    "close its tags and comments, or write “&lt;” for a plain “<”",
                );
                String::new()
            })
            .trim()
            .to_owned()
    }
}
