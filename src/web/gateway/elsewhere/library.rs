//! Which library of `/lib/` the address of a CDN means.

/// What an address of another site comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Found {
    /// The sandbox has the same major version of it, under this name.
    Copy(&'static str),
    /// The sandbox has another version, or another form of it; this is the usual one.
    Other(&'static str),
    /// The sandbox has the library, but not this file of it.
    Part,
    /// The sandbox has nothing of the kind.
    Unknown,
}

/// CDNs that serve npm's packages, with the path before a package's name.
const CDNS: [(&str, &str); 7] = [
    ("unpkg.com", ""),
    ("www.unpkg.com", ""),
    ("cdn.jsdelivr.net", "npm/"),
    ("esm.sh", ""),
    ("cdn.skypack.dev", ""),
    ("esm.run", ""),
    ("ga.jspm.io", "npm:"),
];
const CDNJS: (&str, &str) = ("cdnjs.cloudflare.com", "ajax/libs/");

/// Where htmx itself publishes its script, with the version that is there where the address names none.
const OWN: [(&str, &str, &str); 4] = [
    ("htmx.org", "js/", "2"),
    ("www.htmx.org", "js/", "2"),
    ("four.htmx.org", "js/", "4"),
    ("cdn.jsdelivr.net", "gh/bigskysoftware/htmx@", ""),
];

/// What the sandbox has: a package, the major version, how the file's path ends without `.min` and `.js`, and the
/// library's name. The first of a package is the one that an address without version or path means.
const LIBRARIES: [(&str, &str, &str, &str); 10] = [
    ("htmx.org", "2", "htmx", "htmx-2.js"),
    ("htmx.org", "2", "ext/ws", "htmx-2-ws.js"),
    ("htmx.org", "2", "ext/sse", "htmx-2-sse.js"),
    ("htmx.org", "4", "htmx", "htmx-4.js"),
    ("htmx.org", "4", "ext/hx-ws", "htmx-4-ws.js"),
    ("htmx.org", "4", "ext/hx-sse", "htmx-4-sse.js"),
    ("htmx-ext-ws", "2", "ws", "htmx-2-ws.js"),
    ("htmx-ext-sse", "2", "sse", "htmx-2-sse.js"),
    ("idiomorph", "0", "idiomorph-ext", "idiomorph.js"),
    ("idiomorph", "0", "idiomorph", "idiomorph.js"),
];

/// What an absolute address means.
pub(super) fn find(address: &str) -> Found {
    let Some(asked) = Asked::read(address) else {
        return Found::Unknown;
    };
    let of_package = || {
        LIBRARIES
            .iter()
            .filter(|(package, ..)| *package == asked.package)
    };
    let Some(usual) = of_package().next() else {
        return Found::Unknown;
    };
    let major = asked.major().unwrap_or(usual.1);
    let mut same = of_package().filter(|(_, _, file, _)| asked.is_file(file));
    if let Some((.., name)) = same.clone().find(|(_, of, ..)| *of == major) {
        return Found::Copy(name);
    }
    match same.next() {
        Some((.., name)) => Found::Other(name),
        None if asked.is_extension() => Found::Part,
        None => Found::Other(usual.3),
    }
}

/// An address of a CDN, taken apart.
struct Asked<'a> {
    package: &'a str,
    version: &'a str,
    /// The path in the package; empty for its usual file.
    file: &'a str,
}

impl<'a> Asked<'a> {
    fn read(address: &'a str) -> Option<Self> {
        let (_, rest) = address.split_once("//")?;
        let rest = rest.split(['?', '#']).next()?;
        let (host, path) = rest.split_once('/')?;
        if host.eq_ignore_ascii_case(CDNJS.0) {
            let mut parts = path.strip_prefix(CDNJS.1)?.splitn(3, '/');
            let package = parts.next()?;
            return Some(Self {
                package: if package == "htmx" {
                    "htmx.org"
                } else {
                    package
                },
                version: parts.next()?,
                file: parts.next()?,
            });
        }
        let own = OWN.iter().find_map(|(name, before, version)| {
            let rest = path.strip_prefix(before)?;
            host.eq_ignore_ascii_case(name).then_some((version, rest))
        });
        if let Some((version, rest)) = own {
            let (version, file) = match *version {
                "" => rest.split_once('/')?,
                version => (version, rest),
            };
            return Some(Self {
                package: "htmx.org",
                version,
                file,
            });
        }
        let (_, before) = CDNS
            .iter()
            .find(|(name, _)| host.eq_ignore_ascii_case(name))?;
        let path = path.strip_prefix(before)?;
        let (named, file) = path.split_once('/').unwrap_or((path, ""));
        let (package, version) = named.split_once('@').unwrap_or((named, ""));
        Some(Self {
            package,
            version,
            file,
        })
    }

    /// The first number of a version or a range of them; none for `latest` and the like.
    fn major(&self) -> Option<&'a str> {
        let number = self.version.trim_start_matches(['^', '~', 'v', '=', '>']);
        let end = number
            .find(|it: char| !it.is_ascii_digit())
            .unwrap_or(number.len());
        (end > 0).then(|| &number[..end])
    }

    /// Whether it means a file beside the library's own.
    fn is_extension(&self) -> bool {
        self.file.split('/').any(|part| part == "ext")
    }

    /// Whether it means a file whose path ends so. A file that is an ES module, or of another kind, is another.
    fn is_file(&self, wanted: &str) -> bool {
        let file = self.file.trim_end_matches("+esm").trim_matches('/');
        if file.is_empty() {
            return !wanted.contains('/');
        }
        let Some(path) = file.strip_suffix(".js") else {
            return false;
        };
        let path = path.strip_suffix(".min").unwrap_or(path);
        let folders = ["dist/", "src/"];
        let below = folders.iter().find_map(|folder| path.strip_prefix(folder));
        below.unwrap_or(path) == wanted
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::assets;

    #[test]
    fn each_library_is_one_that_the_sandbox_has() {
        for (.., name) in LIBRARIES {
            assert!(assets::library(name).is_some(), "{name}");
        }
    }

    #[test]
    fn the_sandboxs_own_address_is_no_longer_than_one_of_a_cdn() {
        let longest_name = LIBRARIES.map(|(.., name)| name.len()).into_iter().max();
        for (package, _, file, name) in LIBRARIES {
            for (host, before) in CDNS {
                let usual = format!("//{host}/{before}{package}");
                let shortest = match find(&usual) {
                    Found::Copy(it) if it == name => usual,
                    _ => format!("{usual}/{file}"),
                };
                assert!(shortest.len() >= "/lib/".len() + name.len(), "{shortest}");
            }
        }
        let (host, before) = CDNJS;
        let rest = 2 + host.len() + 1 + before.len();
        assert!(longest_name.is_some_and(|it| rest > "/lib/".len() + it));
    }

    #[test]
    fn addresses_as_people_write_them_mean_a_library_of_the_same_major_version() {
        for (address, name) in [
            ("https://unpkg.com/htmx.org", "htmx-2.js"),
            ("https://unpkg.com/htmx.org@latest", "htmx-2.js"),
            (
                "https://unpkg.com/htmx.org@2.0.4/dist/htmx.min.js",
                "htmx-2.js",
            ),
            (
                "https://unpkg.com/htmx.org@^2.0.0/dist/htmx.js",
                "htmx-2.js",
            ),
            (
                "//cdn.jsdelivr.net/npm/htmx.org@2/dist/htmx.min.js?x#y",
                "htmx-2.js",
            ),
            (
                "https://cdn.jsdelivr.net/npm/htmx.org@4.0.0/dist/htmx.min.js",
                "htmx-4.js",
            ),
            (
                "https://cdnjs.cloudflare.com/ajax/libs/htmx/2.0.3/htmx.min.js",
                "htmx-2.js",
            ),
            ("https://esm.sh/htmx.org@2.0.4", "htmx-2.js"),
            ("https://htmx.org/js/htmx.js", "htmx-2.js"),
            ("https://four.htmx.org/js/htmx.min.js", "htmx-4.js"),
            (
                "https://cdn.jsdelivr.net/gh/bigskysoftware/htmx@2.0.4/src/htmx.min.js",
                "htmx-2.js",
            ),
            ("https://unpkg.com/htmx-ext-ws@2.0.2", "htmx-2-ws.js"),
            (
                "https://unpkg.com/htmx-ext-sse@2.2.2/sse.js",
                "htmx-2-sse.js",
            ),
            (
                "https://cdn.jsdelivr.net/npm/htmx-ext-sse@2.2.4/dist/sse.min.js",
                "htmx-2-sse.js",
            ),
            (
                "https://unpkg.com/htmx.org@4/dist/ext/hx-ws.js",
                "htmx-4-ws.js",
            ),
            (
                "https://unpkg.com/idiomorph@0.7.4/dist/idiomorph-ext.min.js",
                "idiomorph.js",
            ),
            ("https://unpkg.com/idiomorph", "idiomorph.js"),
            ("HTTPS://UNPKG.COM/htmx.org@2", "htmx-2.js"),
            (
                "https://CDNJS.cloudflare.com/ajax/libs/htmx/2.0.3/ext/ws.js",
                "htmx-2-ws.js",
            ),
        ] {
            assert_eq!(find(address), Found::Copy(name), "{address}");
        }
    }

    #[test]
    fn another_version_and_another_library_are_told_apart() {
        for address in [
            "https://unpkg.com/htmx.org@1.9.12",
            "https://unpkg.com/htmx.org@2.0.4/dist/htmx.esm.js",
        ] {
            assert_eq!(find(address), Found::Other("htmx-2.js"), "{address}");
        }
        let older = "https://unpkg.com/htmx.org@1.9.12/dist/ext/sse.js";
        assert_eq!(find(older), Found::Other("htmx-2-sse.js"));
        for address in [
            "https://unpkg.com/htmx.org@2.0.4/dist/ext/json-enc.js",
            "https://unpkg.com/htmx.org@1.9.12/dist/ext/json-enc.js",
            "https://cdnjs.cloudflare.com/ajax/libs/htmx/1.9.12/ext/preload.min.js",
        ] {
            assert_eq!(find(address), Found::Part, "{address}");
        }
        for address in [
            "https://example.com/htmx.org@2.0.4",
            "https://unpkg.com/hyperscript.org@0.9.12",
            "https://unpkg.com/htmx.organic",
            "https://cdn.tailwindcss.com",
            "https://",
        ] {
            assert_eq!(find(address), Found::Unknown, "{address}");
        }
    }
}
