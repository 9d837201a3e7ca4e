//! Mermaid fences, drawn to SVG.
//!
//! merman draws shapes and places; colours and type are the site's. So the drawing loses its
//! style sheet, inline styles and fixed colours, and keeps classes for the site's own sheet, which
//! makes dark pages and a strict content policy possible. What is left passes the sanitiser like
//! everything else.

use std::borrow::Cow;
use std::collections::HashSet;
use std::sync::LazyLock;

use ammonia::Builder;
use merman::svg::SvgRenderOptions;
use merman::{
    MermaidEngine, OperationControl, ParseOptions, RenderError, RenderOutput, RenderRequest,
    Renderer, SourcePresentationConfig, SvgRequest,
};

use crate::escape::escaped;

/// Stand-ins for the colours of lines, shapes' fills and shapes' borders.
const LINE: &str = "#010104";
const FILL: &str = "#010101";
const BORDER: &str = "#010102";

/// What is wrong with a diagram.
#[derive(Debug)]
pub(super) struct DiagramFault {
    /// The byte of the source at which it was seen.
    pub(super) offset: usize,
    /// What is wrong.
    pub(super) problem: String,
    /// How to mend it.
    pub(super) mend: String,
}

/// The width, in CSS pixels, from which a diagram scrolls on a phone instead of shrinking.
const WIDE: u32 = 600;

/// A diagram as it stands on a page, or what is wrong with its source. The words for readers who
/// cannot see it are its `accTitle:` line, or else `title`, or else `words`.
pub(super) fn figure(
    id: &str,
    source: &str,
    title: Option<&str>,
    words: &str,
) -> Result<String, DiagramFault> {
    let (accessible, source) = without_title(source);
    let name = accessible.as_deref().or(title).unwrap_or(words);
    if name.is_empty() {
        return Err(DiagramFault {
            offset: 0,
            problem: "the diagram says nothing to readers who cannot see it".into(),
            mend: "write what it shows: “```mermaid title=\"…\"”".into(),
        });
    }
    refuse_own_colours(&source)?;
    let drawn = draw(id, &source)?;
    let view = attribute(&drawn, "viewBox").unwrap_or("0 0 1 1");
    let [_, _, width, height] = sides(view);
    let kind = attribute(&drawn, "aria-roledescription").unwrap_or_default();
    let kind = kind.split('-').next().unwrap_or_default().to_lowercase();
    let cleaned = clean(&centred(&drawn));
    let inside = cleaned
        .split_once('>')
        .map_or("</svg>", |(_, inside)| inside);
    let caption = title.map(|text| format!("<figcaption>{}</figcaption>", escaped(text)));
    Ok(format!(
        "<figure class=\"diagram{wide}\"><svg class=\"{kind}\" role=\"img\" \
         aria-labelledby=\"{id}-title\" viewBox=\"{view}\" width=\"{width}\" \
         height=\"{height}\"><title id=\"{id}-title\">{name}</title>{inside}{caption}</figure>",
        wide = if width > WIDE {
            " wide\" tabindex=\"0"
        } else {
            ""
        },
        kind = escaped(&kind),
        view = escaped(view),
        name = escaped(name),
        caption = caption.unwrap_or_default(),
    ))
}

/// In a state diagram, moves the names to the middle of their boxes. merman places them for a
/// browser that lays HTML out inside; our sheet centres text instead.
fn centred(svg: &str) -> String {
    let mut parts = svg.split("abel\" style=\"\" transform=\"translate(-");
    let mut centred = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let after = part.split_once(',').map_or(part, |(_, after)| after);
        centred.push_str("abel\" transform=\"translate(0,");
        centred.push_str(after);
    }
    centred
}

/// Takes the `accTitle:` line out, leaving the number of lines as it is.
fn without_title(source: &str) -> (Option<String>, String) {
    let mut title = None;
    let rest = source
        .lines()
        .map(|line| match line.trim().strip_prefix("accTitle:") {
            Some(words) if title.is_none() => {
                title = Some(words.trim().to_owned()).filter(|words| !words.is_empty());
                "\n".to_owned()
            }
            _ => format!("{line}\n"),
        });
    let rest = rest.collect();
    (title, rest)
}

fn refuse_own_colours(source: &str) -> Result<(), DiagramFault> {
    let mut offset = 0;
    for line in source.split_inclusive('\n') {
        let first = line.split_whitespace().next().unwrap_or_default();
        if matches!(first, "style" | "linkStyle" | "classDef") || first.starts_with("%%{") {
            return Err(DiagramFault {
                offset,
                problem: format!("“{first}” sets colours of the diagram's own"),
                mend: "remove it: the page sets them; mark a node with `:::http`, `:::websocket` \
                       or `:::sse`"
                    .into(),
            });
        }
        offset += line.len();
    }
    Ok(())
}

static RENDERER: LazyLock<Renderer> = LazyLock::new(|| {
    let settings = serde_json::json!({
        "theme": "base",
        "look": "classic",
        "fontFamily": "sans-serif",
        "htmlLabels": false,
        "flowchart": { "htmlLabels": false, "useMaxWidth": true },
        "themeVariables": {
            "primaryColor": FILL,
            "primaryBorderColor": BORDER,
            "lineColor": LINE,
        },
    });
    let settings = SourcePresentationConfig::from_value(settings);
    Renderer::new()
        .with_presentation_engine(MermaidEngine::new().with_site_config(settings))
        .with_parse_options(ParseOptions::strict())
});

fn draw(id: &str, source: &str) -> Result<String, DiagramFault> {
    let options = SvgRenderOptions {
        diagram_id: Some(id.to_owned()),
        ..Default::default()
    };
    let request = SvgRequest {
        options,
        ..Default::default()
    };
    let control = OperationControl::new();
    match RENDERER.render(RenderRequest::svg(source, control, request)) {
        Ok(RenderOutput::Svg(Some(svg))) => Ok(svg.svg().to_string()),
        Ok(_) => Err(unread(0, "it is of no known kind")),
        Err(RenderError::Parse(error)) => {
            let span = error.terminal_diagnostic_details().span;
            Err(unread(
                span.map_or(0, |span| span.start),
                &error.terminal_safe_message(),
            ))
        }
        Err(error) => Err(unread(0, &error.to_string())),
    }
}

fn unread(offset: usize, reason: &str) -> DiagramFault {
    DiagramFault {
        offset,
        problem: format!("the diagram cannot be drawn ({reason})"),
        mend: "write a Mermaid flowchart, sequenceDiagram or stateDiagram-v2".into(),
    }
}

/// The value of an attribute of the drawing's first tag.
fn attribute<'s>(svg: &'s str, name: &str) -> Option<&'s str> {
    let tag = &svg[..svg.find('>')?];
    let (_, after) = tag.split_once(&format!(" {name}=\""))?;
    after.split_once('"').map(|(value, _)| value)
}

fn sides(view: &str) -> [u32; 4] {
    let mut sides = [0; 4];
    for (side, number) in sides.iter_mut().zip(view.split_whitespace()) {
        let whole = number
            .split('.')
            .next()
            .and_then(|whole| whole.parse().ok());
        *side = whole.unwrap_or(0);
    }
    sides
}

const TAGS: &str = "svg g path rect circle ellipse line polygon polyline text tspan defs marker";
const DROPPED: &str = "style script filter linearGradient radialGradient symbol title desc \
                       metadata foreignObject use image";
const ATTRIBUTES: &str = "class d transform x y x1 y1 x2 y2 cx cy r rx ry points width height dx \
                          dy text-anchor dominant-baseline font-style font-weight fill stroke \
                          stroke-width marker-start marker-end id viewBox refX refY markerWidth \
                          markerHeight markerUnits orient";

fn clean(svg: &str) -> String {
    let set = |names: &'static str| names.split_whitespace().collect::<HashSet<_>>();
    Builder::empty()
        .tags(set(TAGS))
        .clean_content_tags(set(DROPPED))
        .generic_attributes(set(ATTRIBUTES))
        .attribute_filter(attribute_kept)
        .clean(svg)
        .to_string()
}

/// Ids only where they are pointed at; colours only where the classes do not give them.
fn attribute_kept<'v>(tag: &str, name: &str, value: &'v str) -> Option<Cow<'v, str>> {
    match name {
        "id" if tag != "marker" => None,
        "marker-start" | "marker-end" => value.starts_with("url(#").then_some(value.into()),
        "fill" | "stroke" => match value {
            "none" => Some(value.into()),
            LINE | BORDER => Some("currentColor".into()),
            FILL => Some("var(--diagram-fill)".into()),
            _ => None,
        },
        _ => Some(value.into()),
    }
}
