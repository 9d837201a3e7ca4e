use super::packed::Encoding;
use super::*;

#[test]
fn a_script_is_served_in_the_smallest_form_that_the_browser_takes() {
    let script = site("htmx.js").expect("htmx is packed");
    assert_eq!(script.mime, "text/javascript; charset=utf-8");
    let (encoding, bytes, etag) = script.negotiate("gzip, deflate, br");
    assert_eq!(encoding, Encoding::Brotli);
    assert!(bytes.len() < script.plain.len() / 2);
    assert_eq!(etag, format!("\"{}-br\"", script.hash));
    assert_eq!(script.negotiate("gzip;q=0.5, br;q=0").0, Encoding::Gzip);
    assert_eq!(script.negotiate("identity").0, Encoding::Identity);
    assert_eq!(script.negotiate("").0, Encoding::Identity);
}

#[test]
fn a_font_has_no_other_form() {
    let font = site("literata-latin-wght-normal.woff2").expect("the text face is packed");
    assert_eq!(font.mime, "font/woff2");
    assert_eq!(font.negotiate("br").0, Encoding::Identity);
}

#[test]
fn nothing_is_found_by_the_name_of_a_compressed_form_or_a_path() {
    for name in ["site.css.br", "../site/site.css", ".", ""] {
        assert!(site(name).is_none(), "{name:?}");
    }
}

#[test]
fn every_library_for_learners_is_packed() {
    for name in [
        "htmx-2.js",
        "htmx-2-ws.js",
        "htmx-2-sse.js",
        "idiomorph.js",
        "htmx-4.js",
    ] {
        assert!(library(name).is_some(), "{name}");
    }
}

#[test]
fn json_in_a_page_cannot_end_its_script() {
    let json = script_json(&"</script><!-- & \u{2028}").expect("a string is JSON");
    assert_eq!(json, r#""\u003c/script\u003e\u003c!-- \u0026 \u2028""#);
    let back: String = serde_json::from_str(&json).expect("still JSON");
    assert_eq!(back, "</script><!-- & \u{2028}");
}

#[test]
fn the_authors_guide_is_not_packed_with_the_course() {
    let course = course_tree();
    assert!(course.contains_key("course.toml"));
    assert!(!course.keys().any(|path| path.ends_with("README.md")));
}
