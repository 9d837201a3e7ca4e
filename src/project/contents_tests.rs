use super::*;

/// The first bytes of each PNG.
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0";

fn name(name: &str) -> FileName {
    FileName::try_from(name).expect("a plain name")
}

fn read(json: &str) -> Result<Project, String> {
    let files = serde_json::from_str(json).map_err(|error| error.to_string())?;
    Project::from_json(files).map_err(|error| error.to_string())
}

#[test]
fn what_can_be_text_is_text() {
    let of = |file: &str, bytes: &[u8]| Contents::of_bytes(&name(file), bytes);
    assert_eq!(of("logo.png", PNG).text(), None);
    assert_eq!(of("data.bin", "Grüße".as_bytes()), Contents::from("Grüße"));
    assert_eq!(of("data.bin", b"a\0b").text(), None);
    assert_eq!(of("server.js", b"a\0b"), Contents::from("a\0b"));
}

#[test]
fn json_keeps_texts_and_bytes_apart() {
    let mut project = Project::from_texts([("index.html", "<h1>Hi</h1>")]).expect("one small file");
    project.insert_bytes(name("logo.png"), PNG).expect("bytes");
    let json = serde_json::to_string(&project).expect("JSON");
    let expected = r#"{"index.html":"<h1>Hi</h1>","logo.png":{"base64":"iVBORw0KGgoAAA=="}}"#;
    assert_eq!(json, expected);
    assert_eq!(read(&json), Ok(project));
    let text = read(r#"{"words.bin":{"base64":"SGk="}}"#).expect("a project");
    assert_eq!(text.get("words.bin"), Some(&Contents::from("Hi")));
}

#[test]
fn an_object_that_is_no_file_is_refused_with_its_reason() {
    for (json, reason) in [
        (
            r#"{"a.png":{"base64":"iVBO*"}}"#,
            "“a.png” did not arrive whole: add the file once more",
        ),
        (
            r#"{"server.js":{"base64":"/w=="}}"#,
            "“server.js” is not UTF-8 text: save it as UTF-8, or leave it out",
        ),
        (r#"{"a.png":{}}"#, "missing field `base64`"),
        (
            r#"{"a.png":{"base64":"","type":"image/png"}}"#,
            "unknown field `type`",
        ),
        (r#"{"a.png":[1,2]}"#, "invalid type: sequence"),
        (r#"{"a.png":{"base64":7}}"#, "invalid type: integer"),
    ] {
        let error = read(json).expect_err(json);
        assert!(error.contains(reason), "{json}: {error}");
    }
    let many = (0..10_000).map(|n| format!(r#""{n}.png":{{"base64":"/w=="}}"#));
    let many = format!("{{{}}}", many.collect::<Vec<_>>().join(","));
    let error = read(&many).expect_err("too many files");
    assert_eq!(error, "a project holds at most 64 files: remove one first");
}

#[test]
fn true_bytes_count_and_not_their_base64() {
    let mut project = Project::default();
    let most = vec![0xff; super::super::FILE_LIMIT];
    for file in ["a.png", "b.png", "c.png", "d.png"] {
        project
            .insert_bytes(name(file), &most)
            .expect("within 1 MiB");
    }
    let json = serde_json::to_string(&project).expect("JSON");
    assert_eq!(read(&json), Ok(project.clone()));
    assert_eq!(
        project.insert_bytes(name("e.png"), &[0xff]),
        Err(ProjectError::ProjectSize)
    );
    let more = vec![0xff; super::super::FILE_LIMIT + 1];
    assert_eq!(
        Project::default().insert_bytes(name("a.png"), &more),
        Err(ProjectError::BytesSize(name("a.png")))
    );
}

#[test]
fn bytes_are_said_in_words() {
    let words =
        |file: &str, length| Contents::Bytes(vec![0xff; length].into()).in_words(&name(file));
    assert_eq!(words("logo.png", 999).as_deref(), Some("picture, 999 B"));
    assert_eq!(words("logo.png", 3200).as_deref(), Some("picture, 3.1 KiB"));
    assert_eq!(words("a.woff2", 20_480).as_deref(), Some("font, 20 KiB"));
    assert_eq!(words("data", 1000).as_deref(), Some("no text, 1.0 KiB"));
    assert_eq!(Contents::from("text").in_words(&name("a.png")), None);
}
