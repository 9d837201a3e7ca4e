use tempfile::TempDir;

use super::*;

fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (path, text) in files {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().expect("below the folder")).expect("a folder");
        fs::write(path, text).expect("a small file");
    }
    folder
}

#[test]
fn a_course_is_all_files_below_but_hidden_ones() {
    let folder = folder(&[
        ("course.toml", "1"),
        ("01-unit/01-lesson/index.md", "2"),
        (".git/config", "3"),
        ("01-unit/.DS_Store", "4"),
    ]);
    let tree = tree(folder.path()).expect("a tree");
    let paths: Vec<&str> = tree.keys().map(String::as_str).collect();
    assert_eq!(paths, ["01-unit/01-lesson/index.md", "course.toml"]);
    assert_eq!(tree["course.toml"], b"1");
}

#[test]
fn a_link_out_of_a_course_is_refused() {
    let folder = folder(&[("course.toml", "1")]);
    let link = folder.path().join("secret.md");
    std::os::unix::fs::symlink("/etc/hostname", link).expect("a link");
    let stop = tree(folder.path()).expect_err("a link").to_string();
    assert!(
        stop.contains("secret.md is neither a file nor a folder"),
        "{stop}"
    );
}

#[test]
fn a_project_is_all_files_below_but_hidden_ones_and_packages() {
    let whole = folder(&[
        ("server.js", "export default {};"),
        (".env", "SECRET=1"),
        ("node_modules/hono/index.js", ""),
        ("views/nav.js", "1"),
        ("views/parts/.cache/nav.js", "2"),
        ("views/parts/node_modules/a.js", "3"),
    ]);
    let files = project(whole.path()).expect("a project");
    let names: Vec<String> = files.files().map(|(name, _)| name.to_string()).collect();
    assert_eq!(names, ["server.js", "views/nav.js"]);
    let link = whole.path().join("views/out");
    std::os::unix::fs::symlink("/etc", link).expect("a link");
    let stop = project(whole.path()).expect_err("a link").to_string();
    assert!(
        stop.contains("views/out is neither a file nor a folder"),
        "{stop}"
    );

    let odd = folder(&[("my server.js", "")]);
    let stop = project(odd.path()).expect_err("a space").to_string();
    assert!(
        stop.starts_with("“my server.js” cannot be a file name here"),
        "{stop}"
    );
    let stop = project(&odd.path().join("none"))
        .expect_err("no folder")
        .to_string();
    assert!(stop.contains("/none: No such file or directory"), "{stop}");
}
