//! A project as a zip archive that runs elsewhere: its own files, and beside them what `bun install &&
//! bun start` needs ([`crate::assets::export`]).
#![allow(unreachable_pub, reason = "the fuzz targets use it from another crate")]

// The fuzz targets read this file from another folder, so the path is written out.
#[path = "archive/unpack.rs"]
mod unpack;

use std::borrow::Cow;
use std::io::{Cursor, Write as _};

use serde_json::{Map, Value};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use crate::project::Project;

pub(crate) use unpack::unpack;

const PACKAGE: &str = "package.json";
const README: &str = "README.md";
const TYPESCRIPT: &str = "tsconfig.json";
/// The command that starts a project in its archive.
const START: &str = "bun hxlab/serve.js";
/// The folder of what is not the learner's; no file of a project can lie in it (`project/file_name.rs`).
const OURS: &str = "hxlab";

/// Packs a project into one folder of this name. A project's own `package.json` keeps all that it says
/// and gets what is missing; beside a `README.md` or `tsconfig.json` of its own, ours lies in `hxlab/`.
///
/// # Errors
/// When the archive cannot be written, which for one in memory is a fault of ours.
pub fn pack<'a>(
    folder: &str,
    project: &Project,
    beside: impl IntoIterator<Item = (&'a str, &'a str)>,
) -> Result<Vec<u8>, zip::result::ZipError> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    // A project is small, and stored files need no compressor.
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    let mut add = |path: &str, bytes: &[u8]| {
        archive.start_file(format!("{folder}/{path}"), options)?;
        archive
            .write_all(bytes)
            .map_err(zip::result::ZipError::from)
    };
    for (name, contents) in project.files() {
        if name.as_str() != PACKAGE {
            add(name.as_str(), contents.bytes())?;
        }
    }
    for (path, text) in beside {
        match (path, project.text(path)) {
            (PACKAGE, own) => {
                let ours = starting(project, text);
                add(path, package(own.map(AsRef::as_ref), &ours).as_bytes())?;
            }
            (README | TYPESCRIPT, Some(_)) => {
                add(&format!("{OURS}/{path}"), text.as_bytes())?;
            }
            _ => add(path, text.as_bytes())?,
        }
    }
    Ok(archive.finish()?.into_inner())
}

/// Our `package.json`, whose command names the server's file where `serve.js` would not find it.
fn starting<'a>(project: &Project, ours: &'a str) -> Cow<'a, str> {
    match project.server() {
        Some(server) if project.has_unusual_server() => {
            ours.replace(START, &format!("{START} {server}")).into()
        }
        _ => ours.into(),
    }
}

/// The learner's `package.json` with what it lacks; ours when there is none, or it is no object.
fn package(own: Option<&str>, ours: &str) -> String {
    let read = |text: &str| serde_json::from_str::<Map<String, Value>>(text).ok();
    let (Some(mut own), Some(ours)) = (own.and_then(read), read(ours)) else {
        return ours.to_owned();
    };
    add_missing(&mut own, ours);
    format!("{:#}\n", Value::Object(own))
}

fn add_missing(own: &mut Map<String, Value>, ours: Map<String, Value>) {
    for (name, value) in ours {
        match (own.get_mut(&name), value) {
            (Some(Value::Object(own)), Value::Object(ours)) => add_missing(own, ours),
            (Some(_), _) => {}
            (None, value) => drop(own.insert(name, value)),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::io::Read as _;

    use super::*;
    use crate::project::FileName;

    const BESIDE: [(&str, &str); 3] = [
        (
            PACKAGE,
            r#"{"type":"module","scripts":{"start":"bun hxlab/serve.js"},"dependencies":{"hono":"4"}}"#,
        ),
        (README, "ours"),
        ("hxlab/serve.js", "serve"),
    ];

    fn packed(files: &[(&str, &str)]) -> BTreeMap<String, String> {
        let project = Project::from_texts(files.iter().copied()).unwrap();
        let text = |(name, bytes)| (name, String::from_utf8(bytes).unwrap());
        packed_bytes(&project).into_iter().map(text).collect()
    }

    fn packed_bytes(project: &Project) -> BTreeMap<String, Vec<u8>> {
        let bytes = pack("lobby", project, BESIDE).unwrap();
        let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
        let mut found = BTreeMap::new();
        for index in 0..archive.len() {
            let mut file = archive.by_index(index).unwrap();
            let mut bytes = Vec::new();
            file.read_to_end(&mut bytes).unwrap();
            found.insert(file.name().unwrap().into_owned(), bytes);
        }
        found
    }

    #[test]
    fn a_project_lies_in_its_folder_with_what_runs_it() {
        let files = packed(&[
            ("server.js", "export default {}"),
            ("style.css", "p {}"),
            ("views/nav.js", "nav"),
        ]);
        let names: Vec<_> = files.keys().map(String::as_str).collect();
        assert_eq!(
            names,
            [
                "lobby/README.md",
                "lobby/hxlab/serve.js",
                "lobby/package.json",
                "lobby/server.js",
                "lobby/style.css",
                "lobby/views/nav.js",
            ]
        );
        assert_eq!(files["lobby/style.css"], "p {}");
        assert_eq!(files["lobby/package.json"], BESIDE[0].1);
    }

    #[test]
    fn a_server_of_an_unusual_name_is_what_starts() {
        let files = packed(&[("src/app.ts", "Bun.serve({})"), ("server.css", "")]);
        let package: Value = serde_json::from_str(&files["lobby/package.json"]).unwrap();
        assert_eq!(package["scripts"]["start"], "bun hxlab/serve.js src/app.ts");
    }

    #[test]
    fn a_picture_is_packed_byte_for_byte() {
        let mut project = Project::default();
        let name = FileName::try_from("logo.png").unwrap();
        project.insert_bytes(name, b"\x89PNG\r\n\0\xff").unwrap();
        let files = packed_bytes(&project);
        assert_eq!(files["lobby/logo.png"], b"\x89PNG\r\n\0\xff");
    }

    #[test]
    fn what_the_learner_wrote_stays() {
        let own =
            r#"{"name":"mine","scripts":{"start":"bun server.js"},"dependencies":{"zod":"3"}}"#;
        let files = packed(&[(PACKAGE, own), (README, "theirs")]);
        assert_eq!(files["lobby/README.md"], "theirs");
        assert_eq!(files["lobby/hxlab/README.md"], "ours");
        let package: Value = serde_json::from_str(&files["lobby/package.json"]).unwrap();
        assert_eq!(package["name"], "mine");
        assert_eq!(package["scripts"]["start"], "bun server.js");
        assert_eq!(package["dependencies"]["hono"], "4");
        assert_eq!(package["dependencies"]["zod"], "3");
        assert_eq!(
            packed(&[(PACKAGE, "[]")])["lobby/package.json"],
            BESIDE[0].1
        );
    }
}
