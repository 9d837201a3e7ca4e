use super::*;

#[test]
fn a_name_is_never_a_path() {
    for name in [
        "",
        ".env",
        "a/b.js",
        "..",
        "a\\b",
        "a b",
        "é.js",
        &"x".repeat(65),
    ] {
        assert!(FileName::try_from(name).is_err(), "{name}");
    }
    for name in ["index.html", "server.js", "a-b_c.2.css", &"x".repeat(64)] {
        assert!(FileName::try_from(name).is_ok(), "{name}");
    }
}

#[test]
fn limits_refuse_and_change_nothing() {
    let mut project = Project::from_texts([("a.js", "1")]).expect("one small file");
    let big = "x".repeat(FILE_LIMIT + 1);
    let name = FileName::try_from("b.js").expect("a plain name");
    assert_eq!(
        project.insert(name.clone(), big.into()),
        Err(ProjectError::FileSize(name.clone()))
    );
    assert_eq!(
        project.insert_bytes(name.clone(), &[0xff]),
        Err(ProjectError::Encoding(name))
    );
    assert_eq!(project.files().count(), 1);

    let full = (0..4).map(|n| (format!("f{n}"), "x".repeat(FILE_LIMIT)));
    let mut full = Project::from_texts(full).expect("exactly the limit");
    let one = FileName::try_from("one").expect("a plain name");
    assert_eq!(full.insert(one, "x".into()), Err(ProjectError::ProjectSize));

    let many = (0..FILES_LIMIT).map(|n| (format!("f{n}"), ""));
    let mut many = Project::from_texts(many).expect("exactly the limit");
    let more = FileName::try_from("more").expect("a plain name");
    assert_eq!(many.insert(more, "".into()), Err(ProjectError::Files));
    let again = FileName::try_from("f0").expect("a plain name");
    assert_eq!(many.insert(again, "replaced".into()), Ok(()));
}
