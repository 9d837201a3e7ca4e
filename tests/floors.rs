//! Each room knows only the floors below its own. The floors stand in the table of `src/lib.rs`.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Room → floor.
type Floors = BTreeMap<String, u32>;

/// The floors by the rows `| NUMBER | … |` of a table, where `name` gives the rooms of the second cell.
fn floors(table: &str, names: impl Fn(&str) -> Vec<String>) -> Floors {
    let mut floors = Floors::new();
    for line in table.lines() {
        let cells: Vec<_> = line.trim_start_matches("//!").split('|').collect();
        if let [_, number, rooms, ..] = cells[..]
            && let Ok(number) = number.trim().parse()
        {
            floors.extend(names(rooms).into_iter().map(|room| (room, number)));
        }
    }
    floors
}

/// What stands between these marks.
fn between(mut text: &str, open: &str, close: &str) -> Vec<String> {
    let mut names = Vec::new();
    while let Some((_, rest)) = text.split_once(open)
        && let Some((name, rest)) = rest.split_once(close)
    {
        names.push(name.to_owned());
        text = rest;
    }
    names
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn of_the_library() -> Floors {
    floors(&read(&root().join("src/lib.rs")), |rooms| {
        between(rooms, "[`", "`]")
    })
}

/// The rooms that a line of code names from the root of the crate.
fn known(line: &str) -> Vec<&str> {
    let code = line.split("//").next().unwrap_or("");
    let mut rooms = Vec::new();
    for (at, word) in code.match_indices("crate::") {
        let path = &code[at + word.len()..];
        let listed = path
            .strip_prefix('{')
            .map(|it| it.split('}').next().unwrap_or(it));
        for path in listed.unwrap_or(path).split(", ") {
            let end = path.find(|c: char| !c.is_ascii_lowercase() && c != '_');
            rooms.push(&path[..end.unwrap_or(path.len())]);
            if listed.is_none() {
                break;
            }
        }
    }
    rooms
}

/// Each line of a room that names a room above or beside it.
fn faults(floors: &Floors, room: &str, file: &str, text: &str) -> Vec<String> {
    let Some(own) = floors.get(room) else {
        return vec![format!("{file}: {room} is on no floor of src/lib.rs")];
    };
    let mut faults = Vec::new();
    for (number, line) in (1..).zip(text.lines()) {
        for other in known(line).into_iter().filter(|it| *it != room) {
            if let Some(floor) = floors.get(other).filter(|floor| *floor >= own) {
                faults.push(format!(
                    "{file}:{number}: {room} (floor {own}) knows {other} (floor {floor})"
                ));
            }
        }
    }
    faults
}

/// All files of the library, with the rooms that they are in.
fn files(folder: &Path, found: &mut Vec<(String, PathBuf)>) {
    let src = root().join("src");
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            files(&path, found);
            continue;
        }
        let inner = path.strip_prefix(&src).expect("it lies in there");
        let room = inner.iter().next().expect("a name").to_string_lossy();
        let room = room.trim_end_matches(".rs").trim_end_matches("_tests");
        if path.extension().is_some_and(|it| it == "rs") && !["lib", "main"].contains(&room) {
            found.push((room.to_owned(), path));
        }
    }
}

#[test]
fn each_room_knows_only_the_floors_below_its_own() {
    let floors = of_the_library();
    let mut found = Vec::new();
    files(&root().join("src"), &mut found);
    assert!(found.len() > floors.len(), "{found:?}");
    let faults: Vec<_> = found
        .iter()
        .flat_map(|(room, path)| {
            let file = path.strip_prefix(root()).expect("it lies in there");
            faults(&floors, room, &file.to_string_lossy(), &read(path))
        })
        .collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn architecture_has_the_same_floors() {
    let here = of_the_library();
    let told = floors(&read(&root().join("ARCHITECTURE.md")), |rooms| {
        let mut names = between(rooms, "`", "`");
        names.retain(|name| here.contains_key(name));
        names
    });
    assert_eq!(told, here);
}

#[test]
fn a_room_above_or_beside_is_named_with_its_line() {
    let table = "//! | 2 | [`web`]: pages |\n//! | 1 | [`store`]: SQLite · [`engine`] |\n//! | 0 | [`project`] |";
    let floors = floors(table, |rooms| between(rooms, "[`", "`]"));
    let text = "use crate::project::Project;\n/// See [`crate::web`].\nuse crate::{project, web};\n\
                let it: crate::engine::Run;\nuse crate::store::Row;\n";
    assert_eq!(
        faults(&floors, "store", "src/store.rs", text),
        [
            "src/store.rs:3: store (floor 1) knows web (floor 2)",
            "src/store.rs:4: store (floor 1) knows engine (floor 1)",
        ]
    );
    assert_eq!(faults(&floors, "web", "src/web.rs", text), [""; 0]);
    assert_eq!(faults(&floors, "attic", "src/attic.rs", "").len(), 1);
}
