use super::*;

#[test]
fn a_name_never_leads_out_of_the_project() {
    let longest = format!("{}/{}", "x".repeat(63), "y".repeat(64));
    for name in [
        "",
        ".hidden",
        ".env.example",
        "..",
        "../a.js",
        "a/../b.js",
        "./a.js",
        "/a.js",
        "a//b.js",
        "a/",
        "a/.git/b",
        "a\\b",
        "a b",
        "é.js",
        "1/2/3/4/5/6/7/8/9",
        &"x".repeat(65),
        &format!("{longest}z"),
        &format!("a/{longest}"),
    ] {
        let refused = FileName::try_from(name);
        assert!(matches!(refused, Err(ProjectError::Name(_))), "{name}");
    }
    let environment = FileName::try_from(".env").unwrap_err().to_string();
    assert!(environment.contains("process.env.KEY"), "{environment}");
    for name in [
        "index.html",
        "server.js",
        "a-b_c.2.css",
        "views/nav.js",
        "1/2/3/4/5/6/7/8",
        "hxlab",
        "src/hxlab/a.js",
        &"x".repeat(64),
        &longest,
    ] {
        assert!(FileName::try_from(name).is_ok(), "{name}");
    }
}

#[test]
fn folders_of_others_take_no_file_of_a_project() {
    for name in ["hxlab/serve.js", "node_modules/a.js", "src/node_modules/a"] {
        let refused = FileName::try_from(name);
        assert!(matches!(refused, Err(ProjectError::Reserved(_))), "{name}");
    }
}

#[test]
fn a_file_has_not_the_name_of_a_folder() {
    let name = |name| FileName::try_from(name).expect("a plain name");
    let mut project =
        Project::from_texts([("a/b/c.js", ""), ("a-b", ""), ("d", "")]).expect("three small files");
    for (file, below) in [("a", "a/b/c.js"), ("a/b", "a/b/c.js")] {
        let refused = Err(ProjectError::Folder(name(file), name(below)));
        assert_eq!(project.insert(name(file), "".into()), refused);
    }
    let refused = Err(ProjectError::Folder(name("d"), name("d/e.js")));
    assert_eq!(project.insert(name("d/e.js"), "".into()), refused);
    assert_eq!(project.files().count(), 3);
    assert_eq!(project.insert(name("a/b/c.jsx"), "".into()), Ok(()));
    assert_eq!(project.insert(name("a/b/c.js"), "again".into()), Ok(()));
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
