use super::*;

fn piece(source: &str) -> HtmlPiece {
    read(source).unwrap_or_else(|broken| panic!("{source}: {broken:?}"))
}

#[track_caller]
fn same(one: &str, other: &str) {
    assert_eq!(piece(one), piece(other));
}

#[track_caller]
fn differ(one: &str, other: &str) {
    assert!(piece(one) != piece(other), "{one} counts as {other}");
}

#[test]
fn the_form_of_html_does_not_matter() {
    for (one, other) in [
        (
            "<button hx-get=\"/more\" hx-swap=\"outerHTML\">More</button>",
            "<BUTTON hx-swap=outerHTML\n  data-hx-get='/more' >\n  more\n</BUTTON>",
        ),
        (
            "<input required disabled>",
            "<input disabled=\"disabled\" required=''/>",
        ),
        ("<p class=\"b a\">x", "<p class='a  b'>x</p>"),
        (
            "<ul><li>a<li>b</ul>",
            "<ul>\n  <li>a</li>\n  <li>b</li>\n</ul>",
        ),
        ("<tr><td>1</td></tr>", "<tr>\n<td>1\n"),
        (
            "<table><tr><td>1</table>",
            "<table><tbody><tr><td>1</td></tr></tbody></table>",
        ),
        (
            "<a hx-trigger=\"click, keyup\">x</a>",
            "<a hx-trigger=\" click,keyup \">x</a><!-- so -->",
        ),
        (
            "<a hx-vals='{\"a\": 1, \"b\": 2}'>x</a>",
            "<a hx-vals='{\"b\":2,\"a\":1}'>x</a>",
        ),
        (
            "<form hx-on::after-request=\"this.reset()\">",
            "<form hx-on:htmx:after-request='this.reset( );'></form>",
        ),
        (
            "<body hx-ext=\"ws\"><p>a</body>",
            "<!doctype html><html><head></head><body hx-ext=ws><p>a</p></body></html>",
        ),
        ("<p>&lt;b&gt; &amp; c</p>", "<p>&#60;b> & c.</p>"),
        ("<script>f( 'a' )</script>", "<script>f(\"a\");</script>"),
    ] {
        same(one, other);
    }
}

#[test]
fn what_html_says_matters() {
    for (one, other) in [
        (
            "<button hx-get=\"/more\">More</button>",
            "<button hx-post=\"/more\">More</button>",
        ),
        (
            "<button hx-get=\"/more\">More</button>",
            "<button hx-get=\"/More\">More</button>",
        ),
        (
            "<button hx-get=\"/more\">More</button>",
            "<button hx-get=\"/more\">Less</button>",
        ),
        (
            "<button hx-get=\"/more\">More</button>",
            "<a hx-get=\"/more\">More</a>",
        ),
        ("<p><b>a</b></p>", "<p>a</p>"),
        ("<p>a</p><p>b</p>", "<p>b</p><p>a</p>"),
        ("<input required>", "<input>"),
        ("<div><p>a</p></div>", "<div></div><p>a</p>"),
        ("<template><p>a</p></template>", "<template></template>"),
    ] {
        differ(one, other);
    }
}

#[test]
fn a_tag_that_does_not_end_cannot_be_read() {
    for source in [
        "<div hx-get=\"/x",
        "<div hx-get=\"/x>a</div>",
        "<p>a</p",
        "<div ",
    ] {
        assert!(read(source).is_err(), "{source}");
    }
    assert!(read("a < b").is_ok());
}

#[test]
fn odd_html_ends() {
    for odd in [
        "<b>".repeat(1333),
        "<".repeat(4000),
        "<a><b>".repeat(600),
        "<table>".repeat(500),
    ] {
        let _ = read(&odd);
    }
    assert!(read(&"<div>".repeat(500)).is_err());
}

#[test]
fn the_first_difference_is_told_by_its_place() {
    let right = piece("<form hx-post=\"/say\" hx-swap=\"none\"><input name=\"text\"></form>");
    let told = |found: &str| differences(&piece(found), &right).1.unwrap_or_default();
    assert_eq!(
        told("<form hx-get=\"/say\" hx-swap=\"none\"><input name=\"text\"></form>"),
        "<code>hx-get</code> on <code>&lt;form&gt;</code> does not belong there."
    );
    assert_eq!(
        told("<form hx-post=\"/say\" hx-swap=\"all\"><input name=\"text\"></form>"),
        "<code>hx-swap</code> on <code>&lt;form&gt;</code> has another value."
    );
    assert_eq!(
        told("<form hx-post=\"/say\" hx-swap=\"none\"></form>"),
        "Something is missing in <code>&lt;form&gt;</code>."
    );
    assert_eq!(
        told("<form hx-post=\"/say\"><input name=\"text\"></form>"),
        "<code>&lt;form&gt;</code> lacks an attribute."
    );
}
