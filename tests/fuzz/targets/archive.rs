//! A project as an archive, whatever a learner calls and writes into its files: all of them are found in it
//! again, once and unchanged, none lies outside its one folder, and what starts it is there.
#![no_main]

use std::collections::BTreeMap;
use std::io::{Cursor, Read as _};

use hxlab_fuzz::archive::pack;
use hxlab_fuzz::project::{Contents, FileName, Project};
use libfuzzer_sys::fuzz_target;
use serde_json::{Map, Value};
use zip::ZipArchive;

const BESIDE: [(&str, &str); 3] = [
    (
        "package.json",
        r#"{"scripts":{"start":"bun hxlab/serve.js"}}"#,
    ),
    ("README.md", "ours"),
    ("hxlab/serve.js", "serve"),
];

fuzz_target!(|files: Vec<(&str, &[u8])>| {
    let mut project = Project::default();
    for (name, bytes) in files {
        if let Ok(name) = FileName::try_from(name) {
            let bytes_alone = |_| Contents::Bytes(bytes.into());
            let contents = std::str::from_utf8(bytes).map_or_else(bytes_alone, Contents::from);
            // One that is refused leaves the project as it was.
            let _ = project.insert(name, contents);
        }
    }
    let bytes = pack("lobby", &project, BESIDE).expect("an archive in memory");
    let found = unpacked(bytes);
    for (path, _) in BESIDE {
        assert!(found.contains_key(path), "{path}");
    }
    let package: Map<String, Value> =
        serde_json::from_slice(&found["package.json"]).expect("an object");
    assert!(package.contains_key("scripts"));
    for (name, contents) in project.files() {
        let (name, found) = (name.as_str(), &found[name.as_str()]);
        match serde_json::from_slice::<Map<String, Value>>(contents.bytes()) {
            Ok(own) if name == "package.json" => {
                assert!(own.keys().all(|key| package.contains_key(key)))
            }
            Err(_) if name == "package.json" => assert_eq!(found, BESIDE[0].1.as_bytes()),
            _ => assert_eq!(found, contents.bytes(), "{name}"),
        }
    }
});

/// Its files by their paths in the folder `lobby`.
fn unpacked(bytes: Vec<u8>) -> BTreeMap<String, Vec<u8>> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).expect("an archive");
    let mut found = BTreeMap::new();
    for index in 0..archive.len() {
        let mut file = archive.by_index(index).expect("an entry");
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).expect("an entry is read");
        let name = file.name().expect("a name").into_owned();
        let path = name.strip_prefix("lobby/").expect("the folder").to_owned();
        assert!(!path.split('/').any(|part| part.is_empty() || part == ".."));
        assert!(found.insert(path, bytes).is_none(), "twice: {name}");
    }
    found
}
