use lol_html::html_content::ContentType;

use super::*;
use crate::engine::zygote::memory::Account;
use crate::engine::zygote::modules::ImportMap;

fn host() -> Rc<Host> {
    let host = Host::new(ImportMap::new(), Account::default());
    host.memory.allow(16 << 20);
    Rc::new(host)
}

fn of(selector: &str, kind: Kind) -> Wanted {
    Wanted {
        selector: Some(selector.into()),
        kind,
    }
}

fn of_document(kind: Kind) -> Wanted {
    Wanted {
        selector: None,
        kind,
    }
}

/// Rewrites pieces with what `change` makes of each that was found, and asks for every end tag.
fn rewrite(
    host: &Rc<Host>,
    wanted: &[Wanted],
    pieces: &[&[u8]],
    mut change: impl FnMut(&Found) -> Vec<Change>,
) -> Result<String, RewritingFault> {
    let mut rewriting = Rewriting::begin(host, wanted)?;
    let mut made = Vec::new();
    let pieces = pieces.iter().map(|it| Some(it.to_vec()));
    for piece in pieces.chain([None]) {
        let found = rewriting.read(piece)?;
        let changes = found.iter().map(|it| {
            let mut changes = change(it);
            let can_end = matches!(
                it.facts,
                Some(Facts::Element {
                    can_have_content: true,
                    ..
                })
            );
            changes.extend(can_end.then_some(Change::EndTag));
            changes
        });
        let changes = changes.collect();
        made.extend(rewriting.write(changes)?);
    }
    Ok(String::from_utf8(made).unwrap())
}

/// Numbers below what is asked for, the same each time.
fn numbers(seed: u64) -> impl FnMut(usize) -> usize {
    let mut state = seed;
    move |below| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        usize::try_from(state >> 33).unwrap() % below
    }
}

fn put(place: Place, text: &str) -> Change {
    Change::Put(place, text.into(), ContentType::Html)
}

#[test]
fn both_passes_agree_on_every_document_wherever_it_is_cut() {
    let parts = [
        "<p a=b>",
        "</p>",
        "<div>",
        "</div>",
        "<img/>",
        "<br>",
        "x",
        "&amp;",
        "<!--c-->",
        "<svg>",
        "</svg>",
        "<script>if (a<b) 1</script>",
        "<title>",
        "</title>",
        "<",
        ">",
        "</",
        "<!",
        "é",
        "<select>",
        "<b",
        " c='",
        "'",
        "<![CDATA[",
        "]]>",
        "<!doctype html>",
        "<plaintext>",
        "<template>",
        "</b>",
        "<math><mi>",
        "<textarea>",
        "</textarea>",
    ];
    let kinds = [Kind::Element, Kind::Comment, Kind::Text];
    let mut wanted: Vec<_> = ["*", "p", "div > p", "[a]"]
        .into_iter()
        .flat_map(|selector| kinds.map(|kind| of(selector, kind)))
        .collect();
    let documents = [Kind::Doctype, Kind::Comment, Kind::Text, Kind::End];
    wanted.extend(documents.map(of_document));
    let host = host();
    let mut next = numbers(1);
    for _ in 0..300 {
        let count = next(24);
        let html: String = (0..count).map(|_| parts[next(parts.len())]).collect();
        let cut = next(html.len() + 1);
        let (one, other) = html.as_bytes().split_at(cut);
        let same = rewrite(&host, &wanted, &[one, other], |_| Vec::new()).unwrap();
        assert_eq!(same, html, "cut at {cut}");

        let which = next(3);
        let changed = rewrite(&host, &wanted, &[one, other], |found| {
            let removes = found.unit % 3 == u32::try_from(which).unwrap();
            vec![if removes {
                Change::Remove
            } else {
                put(Place::Before, "<i>")
            }]
        });
        assert!(changed.is_ok(), "{html}, cut at {cut}: {changed:?}");
    }
}

/// `embedded/engine/web/rewriter/rewriting.js` cuts long documents there.
#[test]
fn a_cut_before_a_tag_cuts_no_text() {
    let parts = [
        "<p>",
        "</p>",
        "x",
        "a < b",
        "&amp;",
        "<!--c <b> -->",
        "<script>if (a<b) 1",
        "</script>",
        "é",
        "<title>a<b",
        "</title>",
        "<",
        "<b c='<i>'",
        ">",
        "</",
        "<svg>",
        "</svg>",
        "<style>",
        "</style>",
    ];
    let host = host();
    let wanted = [of("*", Kind::Text), of_document(Kind::Comment)];
    let seen = |pieces: &[&[u8]]| {
        let mut seen = Vec::new();
        let made = rewrite(&host, &wanted, pieces, |found| {
            seen.push(format!("{:?}", found.facts));
            Vec::new()
        });
        (seen, made.unwrap())
    };
    let mut next = numbers(7);
    for _ in 0..300 {
        let count = next(20);
        let html: String = (0..count).map(|_| parts[next(parts.len())]).collect();
        let mut pieces = Vec::new();
        let mut rest = html.as_bytes();
        while let Some(at) = rest.iter().skip(1).position(|byte| *byte == b'<') {
            let (piece, more) = rest.split_at(at + 1);
            pieces.push(piece);
            rest = more;
        }
        pieces.push(rest);
        assert_eq!(seen(&pieces), seen(&[html.as_bytes()]), "{html}");
    }
}

#[test]
fn what_several_handlers_see_is_one_unit_with_its_facts_once() {
    let host = host();
    let wanted = [of("p", Kind::Element), of("*", Kind::Element)];
    let mut seen = Vec::new();
    let made = rewrite(&host, &wanted, &[b"<p>x</p>"], |found| {
        seen.push((found.handler, found.unit, found.facts.is_some()));
        vec![put(Place::Before, "1")]
    });
    assert_eq!(made.unwrap(), "11<p>x1</p>");
    let expected = [(Some(0), 0, true), (Some(1), 0, false), (None, 1, true)];
    assert_eq!(seen, expected);
}

#[test]
fn what_takes_more_than_is_left_is_refused_and_gives_its_memory_back() {
    let host = host();
    let before = host.memory.used();
    let many = vec![of("p.a > b", Kind::Element); 100_000];
    let begun = Rewriting::begin(&host, &many).err();
    assert!(matches!(begun, Some(RewritingFault::TooLarge)), "{begun:?}");

    let deep = "<a>".repeat(200_000);
    let found = rewrite(&host, &[of("*", Kind::Element)], &[deep.as_bytes()], |_| {
        Vec::new()
    });
    assert!(matches!(found, Err(RewritingFault::TooLarge)), "{found:?}");

    let piece = b"<p>".as_slice();
    let text = "x".repeat(1 << 20);
    let kept = rewrite(&host, &[of("p", Kind::Element)], &[piece; 100], |_| {
        vec![put(Place::Append, &text)]
    });
    assert!(
        matches!(kept, Err(RewritingFault::TooLarge)),
        "{:?}",
        kept.map(|it| it.len())
    );

    let rest = vec![b'x'; 1 << 16];
    let tag = [b"<p a='".as_slice(), &rest].concat();
    let mut pieces = vec![tag.as_slice()];
    pieces.extend([rest.as_slice(); 400]);
    let endless = rewrite(&host, &[of("p", Kind::Element)], &pieces, |_| Vec::new());
    assert!(
        matches!(endless, Err(RewritingFault::TooLarge)),
        "{:?}",
        endless.map(|it| it.len())
    );
    assert_eq!(host.memory.used(), before);
}

#[test]
fn an_attribute_of_a_mebibyte_and_a_thousand_handlers_are_fine() {
    let host = host();
    let value = "x".repeat(1 << 20);
    let html = format!("<p a='{value}'>y</p>");
    let pieces: Vec<_> = html.as_bytes().chunks(1 << 16).collect();
    let wanted = vec![of("p", Kind::Element); 1000];
    let mut count = 0;
    let made = rewrite(&host, &wanted, &pieces, |found| {
        count += usize::from(found.handler.is_some());
        Vec::new()
    });
    assert!(made.unwrap() == html);
    assert_eq!(count, 1000);
}

#[test]
fn changes_that_meet_nothing_are_a_fault() {
    let host = host();
    let mut rewriting = Rewriting::begin(&host, &[of("p", Kind::Element)]).unwrap();
    rewriting.read(Some(b"<b>".to_vec())).unwrap();
    let written = rewriting.write(vec![vec![Change::Remove]]);
    assert!(matches!(written, Err(RewritingFault::Broken(_))));

    let mut rewriting = Rewriting::begin(&host, &[of("p", Kind::Element)]).unwrap();
    rewriting.read(Some(b"<p>".to_vec())).unwrap();
    let written = rewriting.write(Vec::new());
    assert!(matches!(written, Err(RewritingFault::Broken(_))));
    let over = rewriting
        .read(None)
        .and_then(|_| rewriting.write(Vec::new()));
    assert!(matches!(over, Err(RewritingFault::Broken(_))), "{over:?}");
}

#[test]
fn a_selector_is_refused_in_the_words_of_the_library() {
    assert_eq!(selector_fault("main > a[href^='https:']"), None);
    let fault = selector_fault("a:hover").unwrap_or_default();
    assert!(fault.contains("pseudo-class"), "{fault}");
}
