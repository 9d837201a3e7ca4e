//! A project out of a zip archive, as an export makes it or as somebody packs a folder.
//!
//! Nothing is written anywhere, so no name can lead out of a folder; what could mislead is refused all the same, with the
//! name of the file. A file is inflated up to the longest that a project holds, and those that no project holds are not
//! read at all, so a small archive cannot become much.

use std::collections::HashMap;
use std::io::{Cursor, Read as _};

use zip::read::ZipFile;
use zip::{CompressionMethod, ZipArchive};

use super::OURS;
use crate::project::{FILE_LIMIT, FileName, PACKAGES, Project, ProjectError, is_environment};

/// The most entries of an archive, folders and what is passed over among them.
const ENTRIES_LIMIT: usize = 4096;

/// Why an archive is no project. Each sentence says what to do.
#[derive(Debug, thiserror::Error)]
pub(crate) enum NoProject {
    #[error(
        "This is not a zip archive that can be read: pack the project’s folder as a .zip file."
    )]
    Unreadable,
    #[error(
        "This archive has more than {} entries: leave out what is not the project’s own, such as “.git” and \
         “node_modules”.",
        ENTRIES_LIMIT
    )]
    Entries,
    #[error(
        "There is no file in this archive that a project could hold: pack the project’s folder."
    )]
    Empty,
    #[error(
        "“{0}” is not read here: leave it out of the archive, and set its variables in the server’s code, such as \
         process.env.KEY ??= \"value\", to values that may be seen."
    )]
    Environment(String),
    #[error("“{0}” leads out of the project’s folder: pack the folder itself, with plain names.")]
    Outside(String),
    #[error("“{0}” is a link: put the file itself in its place.")]
    Link(String),
    #[error("“{0}” needs a password: pack the folder without one.")]
    Locked(String),
    #[error(
        "“{0}” is compressed with {1}, which is not read here: pack the folder once more by the method “Deflate”, which \
         is what most programs write unless they are told otherwise."
    )]
    Method(String, &'static str),
    #[error(
        "“{0}” and “{1}” differ in capital letters alone, and many computers take them for one file: rename one of \
         them, and pack the folder again."
    )]
    Alike(String, String),
    #[error("“{0}” is damaged: pack the folder again.")]
    Damaged(String),
    #[error("In this archive {0}.")]
    File(#[from] ProjectError),
}

/// The project in an archive. A folder around all of it is taken away, and so is what an export has put beside the
/// project's files: `beside`, path → text.
pub(crate) fn unpack<'a>(
    bytes: &[u8],
    beside: impl IntoIterator<Item = (&'a str, &'a str)>,
) -> Result<Project, NoProject> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| NoProject::Unreadable)?;
    if archive.len() > ENTRIES_LIMIT {
        return Err(NoProject::Entries);
    }
    let names = names(&mut archive)?;
    no_two_alike(&names)?;
    let folder = around(&names);
    if let Some(name) = environment(&archive, &folder) {
        return Err(NoProject::Environment(name));
    }
    let mut project = Project::default();
    for (index, name) in &names {
        let name = name.strip_prefix(&folder).unwrap_or(name);
        if name.split('/').next() == Some(OURS) {
            continue;
        }
        let contents = contents(&mut archive, *index, name)?;
        project.insert_bytes(FileName::try_from(name)?, &contents)?;
    }
    for (path, text) in beside {
        let is_ours = project.text(path).is_some_and(|own| **own == *text);
        if let (true, Ok(name)) = (is_ours, FileName::try_from(path)) {
            project.remove(&name);
        }
    }
    if project.files().next().is_none() {
        return Err(NoProject::Empty);
    }
    Ok(project)
}

type Archive<'b> = ZipArchive<Cursor<&'b [u8]>>;

/// The files that a project may hold, by their places in the archive.
fn names(archive: &mut Archive<'_>) -> Result<Vec<(usize, String)>, NoProject> {
    let mut names = Vec::new();
    for index in 0..archive.len() {
        let entry = archive
            .by_index_raw(index)
            .map_err(|_| NoProject::Unreadable)?;
        let name = shown(&entry);
        if is_passed_over(&name) || entry.is_dir() {
            continue;
        }
        if name.starts_with('/') || name.contains(':') || name.split('/').any(|part| part == "..") {
            return Err(NoProject::Outside(name));
        }
        if entry.is_symlink() {
            return Err(NoProject::Link(name));
        }
        if entry.encrypted() {
            return Err(NoProject::Locked(name));
        }
        names.push((index, name));
    }
    Ok(names)
}

/// Refuses names that a disk without capital letters holds once. A name that comes twice is one file, as it is on a disk.
fn no_two_alike(names: &[(usize, String)]) -> Result<(), NoProject> {
    let mut seen = HashMap::new();
    for (_, name) in names {
        if let Some(other) = seen.insert(name.to_lowercase(), name)
            && other != name
        {
            return Err(NoProject::Alike(other.clone(), name.clone()));
        }
    }
    Ok(())
}

/// The name of an entry, with the slashes that all systems have, and no longer than a sentence bears.
fn shown<R: std::io::Read>(entry: &ZipFile<'_, R>) -> String {
    let name = String::from_utf8_lossy(entry.name_raw()).replace('\\', "/");
    let name = name.strip_prefix("./").unwrap_or(&name);
    name.chars().take(300).collect()
}

/// What systems and tools leave in a folder, and what is not the project's own.
fn is_passed_over(name: &str) -> bool {
    let is_left = |part: &str| {
        part == PACKAGES
            || part == "__MACOSX"
            || part.starts_with('.') && !part.trim_matches('.').is_empty()
    };
    name.split('/').any(is_left)
}

/// The folder that all files lie in, with its slash; empty where there is none.
fn around(names: &[(usize, String)]) -> String {
    let folder = |name: &String| name.split_once('/').map(|(folder, _)| format!("{folder}/"));
    let mut folders = names.iter().map(|(_, name)| folder(name));
    let first = folders.next().flatten().unwrap_or_default();
    if folders.all(|folder| folder.as_deref() == Some(&*first)) {
        first
    } else {
        String::new()
    }
}

/// The name of a file beside the server from which Bun would read the environment.
fn environment(archive: &Archive<'_>, folder: &str) -> Option<String> {
    let names = archive.file_names().filter_map(Result::ok);
    let mut beside = names.filter_map(|name| Some(name.strip_prefix(folder)?.to_owned()));
    beside.find(|name| is_environment(name))
}

/// What a file holds; of one that is too long, a byte more than a project holds.
fn contents(archive: &mut Archive<'_>, index: usize, name: &str) -> Result<Vec<u8>, NoProject> {
    let damaged = || NoProject::Damaged(name.to_owned());
    let raw = archive.by_index_raw(index).map_err(|_| damaged())?;
    let method = raw.compression();
    if !matches!(
        method,
        CompressionMethod::Stored | CompressionMethod::Deflated
    ) {
        return Err(NoProject::Method(name.to_owned(), method_name(method)));
    }
    drop(raw);
    let entry = archive.by_index(index).map_err(|_| damaged())?;
    let mut contents = Vec::new();
    let most = FILE_LIMIT as u64 + 1;
    let read = entry.take(most).read_to_end(&mut contents);
    read.map_err(|_| damaged())?;
    Ok(contents)
}

/// What people call a method, by its number in APPNOTE.TXT 4.4.5.
fn method_name(method: CompressionMethod) -> &'static str {
    #[expect(
        deprecated,
        reason = "the number of a method that the crate is built without"
    )]
    match method.to_u16() {
        9 => "Deflate64",
        12 => "bzip2",
        14 => "LZMA",
        93 => "Zstandard",
        95 => "XZ",
        98 => "PPMd",
        _ => "an unknown method",
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    use super::super::pack;
    use super::*;

    const BESIDE: [(&str, &str); 3] = [
        ("package.json", "{\"type\":\"module\"}"),
        ("README.md", "ours"),
        ("hxlab/serve.js", "serve"),
    ];

    fn zipped(files: &[(&str, &[u8])]) -> Vec<u8> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in files {
            let options =
                SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
            zip.start_file(*name, options).unwrap();
            zip.write_all(bytes).unwrap();
        }
        zip.finish().unwrap().into_inner()
    }

    fn names(bytes: &[u8]) -> Vec<String> {
        let project = unpack(bytes, BESIDE).unwrap();
        project.files().map(|(name, _)| name.to_string()).collect()
    }

    fn refusal(files: &[(&str, &[u8])]) -> String {
        unpack(&zipped(files), BESIDE).unwrap_err().to_string()
    }

    #[test]
    fn what_bun_would_read_the_environment_from_is_refused_with_what_to_do() {
        let server: (&str, &[u8]) = ("chat/server.js", b"");
        let sentence = refusal(&[server, ("chat/.env", b"KEY=1")]);
        assert!(
            sentence.starts_with("“.env” is not read here: leave it out"),
            "{sentence}"
        );
        let others = [server, ("chat/.env.example", b""), ("chat/old/.env", b"")];
        assert_eq!(names(&zipped(&others)), ["server.js"]);
    }

    #[test]
    fn what_was_exported_comes_back_as_it_was() {
        let mut project =
            Project::from_texts([("server.js", "export default {}"), ("views/nav.js", "nav")])
                .unwrap();
        let logo = FileName::try_from("logo.png").unwrap();
        project.insert_bytes(logo, b"\x89PNG\r\n\0\xff").unwrap();
        let bytes = pack("lobby", &project, BESIDE).unwrap();
        assert_eq!(unpack(&bytes, BESIDE).unwrap(), project);
    }

    #[test]
    fn a_folder_that_somebody_packs_is_taken_without_what_systems_leave_in_it() {
        let files: [(&str, &[u8]); 7] = [
            ("chat/server.js", b"1"),
            ("chat\\views\\nav.js", b"2"),
            ("chat/README.md", b"mine"),
            ("chat/.DS_Store", b"\0"),
            ("__MACOSX/chat/._server.js", b"\0"),
            ("chat/node_modules/x/index.js", b"3"),
            ("chat/.git/HEAD", b"ref"),
        ];
        assert_eq!(
            names(&zipped(&files)),
            ["README.md", "server.js", "views/nav.js"]
        );
        assert_eq!(
            names(&zipped(&[("server.js", b"1"), ("a/b.js", b"2")])),
            ["a/b.js", "server.js"]
        );
    }

    #[test]
    fn what_could_mislead_or_is_too_much_is_refused_by_name() {
        for (name, sentence) in [
            ("../server.js", "“../server.js” leads out"),
            ("/etc/server.js", "“/etc/server.js” leads out"),
            ("C:/server.js", "“C:/server.js” leads out"),
            (
                "a/b c.js",
                "In this archive “b c.js” cannot be a file name here",
            ),
        ] {
            let said = refusal(&[(name, b"1")]);
            assert!(said.contains(sentence), "{name}: {said}");
        }
        let much = vec![b' '; 64 * 1024 * 1024];
        let said = refusal(&[("server.js", &much)]);
        assert!(
            said.contains("“server.js” is larger than 256 KiB"),
            "{said}"
        );
        let some = vec![b' '; FILE_LIMIT];
        let files: Vec<(String, &[u8])> = (0..5).map(|at| (format!("{at}.js"), &*some)).collect();
        let files: Vec<(&str, &[u8])> = files.iter().map(|(name, it)| (&**name, *it)).collect();
        assert!(refusal(&files).contains("larger than 1 MiB"));
        let many: Vec<String> = (0..=ENTRIES_LIMIT)
            .map(|at| format!(".left/{at}"))
            .collect();
        let many: Vec<(&str, &[u8])> = many.iter().map(|name| (&**name, &b""[..])).collect();
        assert!(refusal(&many).contains("more than 4096 entries"));
        let ours = BESIDE.map(|(name, text)| (name, text.as_bytes()));
        assert!(refusal(&ours).contains("no file"));
        assert!(refusal(&[("page.html", b"\xff\xfe")]).contains("not UTF-8"));
    }

    #[test]
    fn a_link_and_a_damaged_file_are_refused() {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        zip.add_symlink("server.js", "/etc/passwd", SimpleFileOptions::default())
            .unwrap();
        let link = unpack(&zip.finish().unwrap().into_inner(), BESIDE).unwrap_err();
        assert!(link.to_string().contains("“server.js” is a link"), "{link}");
        assert!(matches!(
            unpack(b"GIF89a", BESIDE),
            Err(NoProject::Unreadable)
        ));
        let mut damaged = zipped(&[("server.js", &b"export default {};".repeat(9))]);
        damaged[45] ^= 0x55;
        assert!(matches!(
            unpack(&damaged, BESIDE),
            Err(NoProject::Damaged(_))
        ));
    }

    #[test]
    fn a_method_that_is_not_read_is_named_with_what_to_do() {
        for (number, name) in [
            (12u16, "bzip2"),
            (14, "LZMA"),
            (93, "Zstandard"),
            (777, "an unknown method"),
        ] {
            let mut bytes = zipped(&[("server.js", b"export default {}")]);
            let central = bytes.windows(4).position(|at| at == b"PK\x01\x02");
            let central = central.expect("a central directory");
            for method in [8, central + 10] {
                bytes[method..method + 2].copy_from_slice(&number.to_le_bytes());
            }
            let said = unpack(&bytes, BESIDE).unwrap_err().to_string();
            let sentence = format!("“server.js” is compressed with {name}, which is not read here");
            assert!(said.starts_with(&sentence), "{said}");
            assert!(said.contains("“Deflate”"), "{said}");
        }
    }

    #[test]
    fn names_that_differ_in_capital_letters_alone_are_told_apart_by_the_learner() {
        let said = refusal(&[("a/index.html", b"1"), ("a/Index.html", b"2")]);
        assert!(
            said.starts_with("“a/index.html” and “a/Index.html” differ in capital letters alone"),
            "{said}"
        );
        let other: [(&str, &[u8]); 2] = [("a/index.html", b"1"), ("b/Index.html", b"2")];
        assert_eq!(names(&zipped(&other)), ["a/index.html", "b/Index.html"]);
    }
}
