use super::*;

fn piece(source: &str) -> JsPiece {
    read(source).unwrap_or_else(|broken| panic!("{source}: {broken:?}"))
}

#[track_caller]
fn same(one: &str, other: &str) {
    let (one, other) = (piece(one), piece(other));
    assert_eq!(one.0.written(), other.0.written());
}

#[track_caller]
fn differ(one: &str, other: &str) {
    assert!(piece(one) != piece(other), "{one} counts as {other}");
}

#[test]
fn the_form_of_code_does_not_matter() {
    for (one, other) in [
        ("ws.publish('lobby', text);", "ws . publish(\"lobby\",text)"),
        ("f(a, b,)", "f(a, b) // at once"),
        ("return (a + b) * 2;", "return ((a + b)) * 2"),
        ("x = { a: a, 'b': 2 }", "x = { b: 0x2, a, }"),
        ("x[\"a\"]?.b", "x.a?.[\"b\"]"),
        ("`Hi ${name}!`", "'Hi ' + name + \"!\""),
        ("`plain`", "'plain'"),
        ("'\\u0041\\x42'", "\"AB\""),
        ("1_000", "1e3"),
        ("if (a) b();", "if (a) { b(); }"),
        ("if (a) b(); else c();", "if (a) { b() } else { c() }"),
        ("const a = 1, b = 2;", "let a = 1; let b = 2"),
        ("new Map", "new Map()"),
        ("if (!(a === 'x')) f()", "if ('x' !== a) f()"),
        ("import { b, a } from 'm'", "import { b, a, } from \"m\";"),
    ] {
        same(one, other);
    }
}

#[test]
fn the_form_of_functions_does_not_matter() {
    for (one, other) in [
        ("x => x + 1", "(x) => { return x + 1; }"),
        ("async x => await x", "async (x) => { return await x }"),
        (
            "({ open(ws) { f(ws) } })",
            "{ open: function (ws) { f(ws); } }",
        ),
        ("f(function (a) { return a })", "f(a => a)"),
        ("({ open: (ws) => { f(ws) } })", "{ open(ws) { f(ws) } }"),
        (
            "open(ws) { ws.subscribe('a') }",
            "open(socket) { socket.subscribe(\"a\"); },",
        ),
        (
            "export default { fetch(req) { return new Response() }, routes: {} }",
            "export default { routes: {}, fetch(request) { return new Response; } };",
        ),
        ("({ a, b: c }) => a + c", "({ b, a: z }) => z + b"),
        (
            "function f(list) { for (const one of list) { send(one); } }",
            "function f(all) { for (let x of all) send(x) }",
        ),
        (
            "try { f() } catch (e) { log(e) }",
            "try { f(); } catch (error) { log(error); }",
        ),
    ] {
        same(one, other);
    }
}

#[test]
fn markup_in_a_template_is_compared_as_html() {
    same(
        "html`<ol id=\"log\" hx-swap-oob='beforeend'>${line}</ol>`",
        "html`<ol hx-swap-oob=\"beforeend\" id=log>\n  ${line}\n</ol>`",
    );
    same(
        "(a, z) => html`<p id=${a} class=\"${z}\">`",
        "(z, a) => html`<p class=${a} id=${z}></p>`",
    );
    differ(
        "html`<ol id=\"log\">${line}</ol>`",
        "html`<ol id=\"log\">${text}</ol>`",
    );
    differ(
        "html`<p>${a}</p><b>${c}</b>`",
        "html`<p>${c}</p><b>${a}</b>`",
    );
}

#[test]
fn what_code_does_matters() {
    for (one, other) in [
        ("ws.publish('lobby', text)", "server.publish('lobby', text)"),
        ("f(a, b)", "f(b, a)"),
        ("a === b", "a == b"),
        ("a - b", "b - a"),
        ("a + b + 'x'", "a + (b + 'x') + c"),
        ("x => f(x)", "x => { f(x) }"),
        ("x => x", "x => y"),
        ("(a, b) => a", "(a, b) => b"),
        (
            "const f = () => this",
            "const f = function () { return this }",
        ),
        ("[, a]", "[a]"),
        ("{ a: 1 }", "{ a: '1' }"),
        ("let a = 1", "let b = 1"),
        ("async () => {}", "() => {}"),
        ("f(...a)", "f(a)"),
        ("f?.(a)", "f(a)"),
        ("for (;;) a()", "for (; a();) ;"),
        ("if (a) b(); else c()", "if (a) c(); else b()"),
        ("({ get a() { return 1 } })", "({ a() { return 1 } })"),
    ] {
        differ(one, other);
    }
}

#[test]
fn code_that_cannot_be_read_is_told_where() {
    let broken = |source: &str| read(source).expect_err("broken");
    assert_eq!(broken("f(\n  a,\n  b;\n").line, 3);
    assert!(broken("if (a { b }").problem.contains('“'));
    assert!(read("ws.publish('a', b").is_err());
    let deep = format!("{}{}", "(".repeat(600), ")".repeat(600));
    assert!(read(&deep).is_err());
    assert!(read(&format!("{}1", "!".repeat(600))).is_err());
}

#[test]
fn odd_code_ends_and_is_not_the_same_as_any() {
    let right = piece("ws.publish('lobby', text)");
    for odd in [
        "(".repeat(4000),
        "`${".repeat(1333),
        "{[(".repeat(1333),
        "a=>".repeat(1333),
        "\u{0}".repeat(4000),
        "<a>".repeat(1333),
        "async ".repeat(666),
        "/".repeat(4000),
    ] {
        assert!(read(&odd).map_or(true, |piece| piece != right));
    }
}

#[test]
fn the_first_difference_is_told_by_its_place() {
    let told = |found: &str, right: &str| differences(&piece(found), &piece(right));
    let (count, sentence) = told(
        "open(ws) {\n  server.publish('a');\n}",
        "open(ws) { ws.publish('a') }",
    );
    assert_eq!(count, 1);
    assert_eq!(
        sentence.as_deref(),
        Some("Line 2: look again at <code>server</code>.")
    );
    let (_, sentence) = told("f(a)", "f(a, b)");
    assert_eq!(
        sentence.as_deref(),
        Some("Line 1: something is missing in <code>(a)</code>.")
    );
    let (_, sentence) = told("f()", "f(); g()");
    assert_eq!(
        sentence.as_deref(),
        Some("Something is missing at the end.")
    );
}
