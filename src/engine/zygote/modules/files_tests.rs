use super::*;

const NAMES: [&str; 8] = [
    "chat.js",
    "goods.json",
    "style.css",
    "views/index.ts",
    "views/nav.js",
    "views/parts/button.tsx",
    "util.js",
    "empty/words.txt",
];

fn files() -> Files {
    NAMES.map(|name| (name.to_owned(), String::new())).into()
}

/// What `base` finds by `name`, or what it reads.
fn found(base: &str, name: &str, kind: Option<&str>) -> Result<String, String> {
    let files = files();
    let missing = Missing::load();
    let import = FileImport {
        files: &files,
        base,
        name,
        kind,
    };
    import.module(|| &missing)
}

#[test]
fn files_are_found_from_the_folder_of_the_file_that_imports() {
    for (base, name, kind, module) in [
        ("server.js", "./chat.js", None, "chat.js"),
        ("server.js", "./chat", None, "chat.js"),
        ("server.js", "./goods.json", Some("json"), "goods.json#json"),
        ("server.js", "./style.css", Some("text"), "style.css#text"),
        ("server.js", "./views/nav.js", None, "views/nav.js"),
        ("server.js", "./views/../chat.js", None, "chat.js"),
        ("server.js", ".//views/./nav", None, "views/nav.js"),
        ("server.js", "./views", None, "views/index.ts"),
        ("server.js", "./views/", None, "views/index.ts"),
        (
            "views/nav.js",
            "./parts/button.js",
            None,
            "views/parts/button.tsx",
        ),
        ("views/nav.js", "../util", None, "util.js"),
        ("views/nav.js", ".", None, "views/index.ts"),
        ("views/parts/button.tsx", "../nav", None, "views/nav.js"),
        ("views/parts/button.tsx", "..", None, "views/index.ts"),
        (
            "views/parts/button.tsx",
            "../../goods.json",
            Some("text"),
            "goods.json#text",
        ),
    ] {
        assert_eq!(
            found(base, name, kind).as_deref(),
            Ok(module),
            "{base}: {name}"
        );
    }
}

#[test]
fn a_refusal_names_the_nearest_file_as_it_is_imported_from_there() {
    for (base, name, sentence) in [
        (
            "server.js",
            "chat.js",
            "which names no file: write “./chat.js” for the project's own",
        ),
        (
            "server.js",
            "chat",
            "which names no file: write “./chat.js” for the project's own",
        ),
        (
            "views/nav.js",
            "util",
            "which names no file: write “../util.js” for the project's own",
        ),
        (
            "views/nav.js",
            "/util.js",
            "which begins at no folder: write “../util.js” for the project's own",
        ),
        ("server.js", "./none.js", "but there is no file “none.js”"),
        (
            "server.js",
            "./Views/NAV",
            "but there is no file “Views/NAV”; capitals count: write “./views/nav.js”",
        ),
        (
            "server.js",
            "./nav.js",
            "but there is no file “nav.js”; did you mean “./views/nav.js”?",
        ),
        (
            "server.js",
            "./nav",
            "but there is no file “nav”; did you mean “./views/nav.js”?",
        ),
        (
            "views/nav.js",
            "./util.js",
            "but there is no file “views/util.js”; did you mean “../util.js”?",
        ),
        (
            "views/nav.js",
            "./parts/buton.tsx",
            "but there is no file “views/parts/buton.tsx”; did you mean “./parts/button.tsx”?",
        ),
        (
            "server.js",
            "./views/parts/buttom",
            "but there is no file “views/parts/buttom”; did you mean “./views/parts/button.tsx”?",
        ),
        (
            "server.js",
            "./view/nav.js",
            "but there is no file “view/nav.js”; did you mean “./views/nav.js”?",
        ),
        (
            "server.js",
            "./views/parts",
            "but “views/parts” is a folder without an index.js: name a file in it",
        ),
        (
            "server.js",
            ".",
            "but there is no index.js beside server.js",
        ),
        (
            "server.js",
            "../chat.js",
            "which leads out of the project: did you mean “./chat.js”?",
        ),
        (
            "views/nav.js",
            "../../util",
            "which leads out of the project: did you mean “../util.js”?",
        ),
        (
            "server.js",
            "../secrets.js",
            "which leads out of the project: only its own files are here",
        ),
    ] {
        let refused = found(base, name, None).unwrap_err();
        assert_eq!(refused, sentence, "{base}: {name}");
    }
}

#[test]
fn a_name_that_the_settings_lead_elsewhere_is_written_as_a_path() {
    let files = files();
    let import = FileImport {
        files: &files,
        base: "views/nav.js",
        name: "@/parts/button",
        kind: None,
    };
    let refused = import.alias();
    assert!(
        refused.ends_with("such as “./parts/button.tsx”"),
        "{refused}"
    );
}

#[test]
fn a_refusal_says_what_to_do_instead() {
    for (name, kind, advice) in [
        ("./style.css", None, "Bun.file(\"style.css\")"),
        ("./chat.js", Some("css"), "“json” and “text”"),
        ("node:fs", None, "no disk"),
        ("https://esm.sh/left-pad", None, "no other machine"),
        ("left-pad", None, "import “hono”"),
    ] {
        let refused = found("server.js", name, kind).unwrap_err();
        assert!(refused.contains(advice), "{name}: {refused}");
    }
}

#[test]
fn what_is_missing_is_not_read_for_a_file_that_is_there() {
    let files = files();
    let import = FileImport {
        files: &files,
        base: "server.js",
        name: "./chat",
        kind: None,
    };
    let missing = || panic!("the table was read");
    assert_eq!(import.module(missing).as_deref(), Ok("chat.js"));
}

#[test]
fn an_import_is_written_from_the_folder_of_its_file() {
    for (base, file, written) in [
        ("server.js", "rooms.js", "./rooms.js"),
        ("server.js", "views/nav.js", "./views/nav.js"),
        ("views/nav.js", "views/page.js", "./page.js"),
        ("views/nav.js", "rooms.js", "../rooms.js"),
        ("a/b/c.js", "a/d/e.js", "../d/e.js"),
        ("hxlab/hono/html.js", "rooms.js", "./rooms.js"),
    ] {
        assert_eq!(relative(base, file), written);
    }
}
