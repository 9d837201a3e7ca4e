use super::*;

/// The page's HTML and what is wrong with it, in the lesson `a/here`; there is a lesson `there`.
fn rendered(source: &str) -> (String, Vec<String>) {
    let mut faults = FileFaults::of("p");
    let places = FolderSlugs::from([
        ("a/here".to_owned(), "here".to_owned()),
        ("a/14-there".to_owned(), "there".to_owned()),
    ]);
    let place = LessonContext {
        lexicon: &Lexicon::default(),
        folder: "a/here",
        slug: "here",
        places: &places,
    };
    let page = render(source, 1, place, code::highlighter(), &mut faults);
    let html = page.blocks.into_iter().map(|block| match block {
        LessonBlock::Prose { html } => html,
        LessonBlock::Question { id } => format!("[question {id}]"),
        LessonBlock::Step { id } => format!("[step {id}]"),
    });
    (
        html.collect(),
        faults.found.iter().map(ToString::to_string).collect(),
    )
}

fn html(source: &str) -> String {
    let (html, faults) = rendered(source);
    assert_eq!(faults, Vec::<String>::new(), "{source}");
    html
}

#[test]
fn what_authors_may_write_in_html_stays() {
    for kept in [
        "<p>Press <kbd>Esc</kbd>, H<sub>2</sub>O, x<sup>2</sup>, <mark>new</mark></p>",
        "<p><abbr title=\"Server-sent events\">SSE</abbr></p>",
        "<details><summary>More</summary>inside</details>",
        "<figure><figcaption>Words</figcaption></figure>",
    ] {
        assert_eq!(html(kept), kept);
    }
    assert_eq!(
        html("<details>\n<summary>More</summary>\n\n**inside**\n\n</details>"),
        "<details>\n<summary>More</summary>\n<p><strong>inside</strong></p>\n</details>"
    );
}

#[test]
fn nothing_that_runs_or_loads_gets_through() {
    let corpus = [
        "<script>alert(1)</script>",
        "<p onclick=\"alert(1)\">x</p>",
        "<img src=x onerror=alert(1)>",
        "<svg onload=alert(1)><script>alert(1)</script></svg>",
        "<svg><style><img src=x onerror=alert(1)></style></svg>",
        "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
        "<iframe src=\"https://evil.example\"></iframe>",
        "<iframe srcdoc=\"<script>alert(1)</script>\">",
        "<object data=x></object><embed src=x><link rel=stylesheet href=x><meta http-equiv=refresh>",
        "<base href=\"https://evil.example\"><form action=x><input name=x><button>x</button></form>",
        "<a href=\"javascript:alert(1)\">x</a>",
        "<a href=\" java\nscript:alert(1)\">x</a>",
        "<a href=\"data:text/html,<script>alert(1)</script>\">x</a>",
        "<a href=\"//evil.example\" target=_blank ping=x>x</a>",
        "<div style=\"background:url(//evil.example)\" id=wire class=admonition hx-get=/x>x</div>",
        "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\"></noscript>",
        "<details open ontoggle=alert(1)>x</details>",
        "<table background=x><td background=x>x</table>",
        "x <style>@import '//evil.example';</style> y",
        "<template><script>alert(1)</script></template>",
        "<!--><img src=x onerror=alert(1)>-->",
        "<video><source onerror=alert(1)></video><audio src=x autoplay></audio>",
        "```html title=\"<img src=x onerror=alert(1)>\"\n</code><script>alert(1)</script>\n```",
        "```\n</code></pre><script>alert(1)</script>\n```",
        "## <img src=x onerror=alert(1)> \"><script>alert(1)</script>",
        "| <script>alert(1)</script> |\n|---|\n| <img src=x onerror=alert(1)> |",
        "```mermaid title=\"<script>alert(1)</script>\"\nflowchart LR\n  A[\"<img src=x onerror=alert(1)>\"] --> B\n  click A href \"javascript:alert(1)\"\n```",
        "```mermaid title=x\nsequenceDiagram\n  A->>B: <script>alert(1)</script>\n  link A: x @ javascript:alert(1)\n```",
        "x[^1]\n\n[^1]: <img src=x onerror=alert(1)>",
        "<https://x.example/\"onmouseover=\"alert(1)>",
        "https://x.example/\"onmouseover=alert(1)",
    ];
    for source in corpus {
        let (html, _) = rendered(source);
        assert_harmless(&html, source);
    }
}

/// Parses the HTML again and looks at every tag for what must not be there.
fn assert_harmless(html: &str, source: &str) {
    let tags = html
        .split('<')
        .skip(1)
        .filter_map(|part| part.split('>').next());
    for tag in tags {
        let name = tag
            .trim_start_matches('/')
            .split([' ', '\n'])
            .next()
            .unwrap_or_default();
        let bad = [
            "script", "style", "iframe", "img", "object", "embed", "form", "base", "meta",
        ];
        assert!(!bad.contains(&name), "<{tag}> from {source}");
        let (mut quoted, mut names) = (false, String::new());
        for sign in tag.chars() {
            quoted ^= sign == '"';
            names.push(if quoted { '_' } else { sign });
        }
        for attribute in names.split_whitespace().skip(1) {
            let start = attribute
                .split('=')
                .next()
                .unwrap_or_default()
                .to_lowercase();
            let bad = start.starts_with("on") || start.starts_with("hx-");
            assert!(
                !bad && !["style", "src", "target", "ping"].contains(&&*start),
                "{tag}"
            );
        }
        let link = tag.split_once("href=\"").map_or("", |(_, link)| link);
        let scheme = link.split(['"', '/', '#']).next().unwrap_or_default();
        assert!(
            ["", "http:", "https:"].contains(&scheme),
            "<{tag}> from {source}"
        );
    }
    assert!(!html.contains("evil.example"), "{html}");
    assert!(
        !html.contains("id=\"wire\"") && !html.contains("class=\"admonition\""),
        "{html}"
    );
}

#[test]
fn a_mark_cannot_be_forged() {
    let seal = format!("{:?}", Seal::of("&#xe000;"));
    assert_eq!(seal.len(), "Seal(\"\\u{e000}-\")".len() + 40);
    let guessed =
        "&#xe000;00000000000000000000-0&#xe001; <abbr title=\"&#xe000;0&#xe001;\">x</abbr>\n\n## H";
    let html = html(guessed);
    assert_eq!(html.matches("<h2").count(), 1);
    assert!(html.contains("<abbr title=\"\u{e000}0\u{e001}\">"));
}

#[test]
fn html_that_swallows_the_page_is_a_fault() {
    let (_, faults) = rendered("Open <style> here.\n\n## Gone");
    assert_eq!(
        faults,
        [
            "p:3: HTML above swallows this part of the page; close its tags and comments, or write \
          “&lt;” for a plain “<”"
        ]
    );
}

#[test]
fn links_lead_to_lessons_or_outside() {
    assert_eq!(
        html(
            "[a](lesson:there) [b](../14-there/) [c](../14-there/index.md) [d](https://x.example)"
        ),
        "<p><a href=\"/lessons/there\">a</a> <a href=\"/lessons/there\">b</a> \
         <a href=\"/lessons/there\">c</a> \
         <a class=\"external\" href=\"https://x.example\" rel=\"noopener\">d</a></p>"
    );
    let (html, faults) = rendered("[a](../15-gone/)");
    assert_eq!((&*html, faults.len()), ("<p>a</p>", 1));
}

#[test]
fn bare_addresses_become_links_without_the_sentence_around_them() {
    let address = |source: &str| {
        let html = html(source);
        let (_, link) = html.split_once("href=\"").unwrap_or(("", ""));
        link.split('"').next().unwrap_or_default().to_owned()
    };
    assert_eq!(
        address("See https://x.example/a_b_c."),
        "https://x.example/a_b_c"
    );
    assert_eq!(
        address("(https://x.example/a(b))"),
        "https://x.example/a(b)"
    );
    assert_eq!(
        address("http://x.example/?a=1&b=2, then"),
        "http://x.example/?a=1&amp;b=2"
    );
    assert_eq!(address("`https://x.example`"), "");
    assert_eq!(address("xhttps://x.example"), "");
    assert_eq!(address("https://"), "");
    assert_eq!(
        address("[https://x.example](lesson:there)"),
        "/lessons/there"
    );
}

#[test]
fn headings_get_ids_of_their_own() {
    let html = html("## Preview\n\n## The `ws` line, isn't it?\n\n### Twice\n\n### Twice\n\n## ¿?");
    for id in [
        "preview-2",
        "the-ws-line-isnt-it",
        "twice",
        "twice-2",
        "section",
    ] {
        assert!(html.contains(&format!(" id=\"{id}\">")), "{id} in {html}");
    }
}

#[test]
fn diagrams_of_one_page_share_no_ids_and_bring_no_colours() {
    let diagram = "```mermaid title=\"t\"\nsequenceDiagram\n  actor A\n  A->>B: x\n```\n\n";
    let html =
        html(&(diagram.repeat(2) + "```mermaid\nstateDiagram-v2\naccTitle: s\n  [*] --> X\n```"));
    let ids: Vec<_> = html
        .split(" id=\"")
        .skip(1)
        .filter_map(|part| part.split('"').next())
        .collect();
    let once: std::collections::HashSet<_> = ids.iter().collect();
    assert_eq!(ids.len(), once.len(), "{ids:?}");
    for colour in ["#0", "#f", "rgb(", "hsl(", "style"] {
        assert!(!html.contains(&format!("=\"{colour}")), "{colour}");
    }
    assert!(html.contains("<title id=\"diagram-3-title\">s</title>"));
}

#[test]
fn what_stands_too_deep_is_a_fault_with_its_line() {
    const MANY: usize = 100_000;
    let deep = "more than 100 deep in each other";
    for (source, line) in [
        (format!("a\n\n{}a", ">".repeat(MANY)), 3),
        (format!("a\n\n{}a", "- ".repeat(MANY)), 3),
        (format!("a\n\n{}", "<div>".repeat(MANY)), 3),
        (format!("a\n\n<p>b\n{}", "<b>".repeat(MANY)), 3),
        (format!("a\n\n```js\n{}\n```", "(".repeat(MANY)), 3),
        (format!("```css\n{}\n```", "a{".repeat(MANY)), 1),
        (format!("```html\n{}\n```", "<p><i>".repeat(MANY)), 1),
    ] {
        let (_, faults) = rendered(&source);
        let begin: String = source.chars().take(20).collect();
        assert_eq!(faults.len(), 1, "{begin}");
        assert!(
            faults[0].starts_with(&format!("p:{line}: ")),
            "{begin}: {}",
            faults[0]
        );
        assert!(faults[0].contains(deep), "{begin}: {}", faults[0]);
    }
    // So deep may they stand, and text is no code.
    let quotes = html(&format!("{}a", "> ".repeat(90)));
    assert_eq!(quotes.matches("<blockquote>").count(), 90);
    html(&format!("```text\n{}\n```", "(".repeat(1000)));
    html(&"<p>a<br>b</p>\n\n".repeat(200));
}

#[test]
fn what_is_many_stands_there_in_time() {
    const MANY: usize = 20_000;
    let headings = html(&"## A\n\n".repeat(MANY));
    assert!(headings.contains(&format!("id=\"a-{MANY}\"")));
    let links = html(&"https://a.example/b ".repeat(MANY));
    assert_eq!(links.matches("<a class=\"external\"").count(), MANY);
    let address = format!("https://a.example/{}", ")".repeat(MANY));
    assert!(html(&address).contains("href=\"https://a.example/\""));
    for (name, source) in [
        ("brackets", "[".repeat(MANY)),
        ("emphasis", "*a_ ".repeat(MANY)),
        (
            "columns",
            format!("|{}\n|{}\n", "a|".repeat(MANY), "-|".repeat(MANY)),
        ),
        ("one line", "a".repeat(MANY * 10)),
        ("tags that are none", format!("a {}", "<".repeat(MANY))),
    ] {
        assert!(html(&source).len() >= MANY, "{name}");
    }
}
