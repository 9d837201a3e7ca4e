//! What a learner's `import` finds: `hono` and `hono/…` from the library, and the project's own
//! `./file.js`, `../file.ts`, `./folder/file.json` and their like ([`files`]). Anything else is an error that says what
//! to do.
//!
//! Modules of the library are named `hxlab/FILE`, those of the project by their file's path, which never begins with
//! `hxlab/`; with `with { type: … }` the type stands behind the name, since that is another module in Bun as well.

mod files;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::rc::Rc;

use rquickjs::loader::{ImportAttributes, Loader, Resolver};
use rquickjs::module::Declared;
use rquickjs::{Ctx, Error, Exception, Module, Object, Result};

use super::host::Host;
use super::scripts;
use crate::assets;
use crate::transpile::{Dialect, HELPERS};
use files::FileImport;

/// What stands before the names of the library's modules.
pub(super) const LIBRARY: &str = "hxlab/";

/// Finds modules by what is written behind `from`.
pub(super) struct Modules(pub(super) Rc<Host>);

/// What `import` may name of the library: `hono/html` → `hono/helper/html/index.js`.
pub(super) type ImportMap = BTreeMap<String, String>;

/// Reads the list that the build made.
pub(super) fn names() -> serde_json::Result<ImportMap> {
    assets::engine("modules.json")
        .map_or_else(|| Ok(ImportMap::new()), |json| serde_json::from_str(&json))
}

impl Resolver for Modules {
    fn resolve<'js>(
        &mut self,
        ctx: &Ctx<'js>,
        base: &str,
        name: &str,
        attributes: Option<ImportAttributes<'js>>,
    ) -> Result<String> {
        if let Some(module) = library(&self.0.names, base, name) {
            return Ok(module);
        }
        if let Some(short) = short_name(name)
            && let Some(module) = library(&self.0.names, base, &short)
        {
            self.0.tell_of_address(base, name, &short);
            return Ok(module);
        }
        let kind = match attributes {
            Some(attributes) => attributes.get_type()?,
            None => None,
        };
        let files = self.0.files.borrow();
        let import = FileImport {
            files: &files,
            base,
            name,
            kind: kind.as_deref(),
        };
        if let Some(file) = import
            .path()
            .filter(|path| self.0.binaries.borrow().contains_key(path))
        {
            self.0.import.set(self.0.import_place(base, name));
            let sentence = format!(
                "{base} imports “{name}”, which is no text: read it by Bun.file(\"{file}\").bytes()"
            );
            return Err(Exception::throw_message(ctx, &sentence));
        }
        import.module(|| self.0.missing()).map_err(|refused| {
            let refused = if scripts::leads_elsewhere(&self.0, name) {
                import.alias()
            } else {
                refused
            };
            self.0.import.set(self.0.import_place(base, name));
            Exception::throw_message(ctx, &format!("{base} imports “{name}”, {refused}"))
        })
    }
}

/// Where other runtimes load packages from.
const ADDRESSES: [&str; 9] = [
    "npm:",
    "jsr:@hono/",
    "https://esm.sh/",
    "https://unpkg.com/",
    "https://cdn.jsdelivr.net/npm/",
    "https://cdn.skypack.dev/",
    "https://esm.run/",
    "https://deno.land/x/",
    "https://jsr.io/@hono/",
];

/// `hono/html` for `npm:hono@4/html` and `https://esm.sh/hono@4.6.3/html`: how a package is named here that is
/// written with its address and version.
fn short_name(address: &str) -> Option<String> {
    let rest = ADDRESSES
        .iter()
        .find_map(|prefix| address.strip_prefix(prefix))?;
    let rest = rest.split('?').next()?;
    let rest = rest.strip_suffix("/+esm").unwrap_or(rest);
    let rest = rest.strip_suffix("/mod.ts").unwrap_or(rest);
    let (scope, rest) = match rest.strip_prefix('@') {
        Some(scoped) => scoped
            .split_once('/')
            .map(|(scope, rest)| (format!("@{scope}/"), rest))?,
        None => (String::new(), rest),
    };
    let (package, path) = rest
        .split_once('/')
        .map_or((rest, ""), |(package, path)| (package, path));
    let package = package.split('@').next()?;
    let slash = if path.is_empty() { "" } else { "/" };
    Some(format!("{scope}{package}{slash}{path}"))
}

/// What stands between a file's name and the type that it is imported with.
const TYPED: char = '#';

/// How a file becomes a module.
#[derive(Clone, Copy, Debug, PartialEq)]
enum ModuleFormat {
    /// JavaScript.
    Code,
    /// JSON; its default export is its value, and the names of an object are exports too.
    Json,
    /// JSON imported as such: only a default export.
    JsonAlone,
    /// Any text; its default export is the text.
    Text,
}

impl ModuleFormat {
    /// The form that the ending of a file's name stands for.
    fn of(file: &str) -> Option<Self> {
        match file.rsplit_once('.')?.1 {
            "js" | "mjs" => Some(Self::Code),
            _ if Dialect::of(file).is_some() => Some(Self::Code),
            "json" => Some(Self::Json),
            "txt" => Some(Self::Text),
            _ => None,
        }
    }

    /// The file that a module's name stands for, and its form.
    fn of_module(module: &str) -> (&str, Self) {
        match module.split_once(TYPED) {
            Some((file, "json")) => (file, Self::JsonAlone),
            Some((file, _)) => (file, Self::Text),
            None => (module, Self::of(module).unwrap_or(Self::Code)),
        }
    }
}

/// The library's module for a name that a learner may write, or that one of its own modules does.
fn library(names: &ImportMap, base: &str, name: &str) -> Option<String> {
    if let Some(file) = names.get(name) {
        return Some(format!("{LIBRARY}{file}"));
    }
    if name.starts_with(HELPERS) {
        return Some(format!("{name}.js"));
    }
    let folder = base
        .strip_prefix(LIBRARY)?
        .rsplit_once('/')
        .map_or("", |(folder, _)| folder);
    let mut parts: Vec<_> = folder.split('/').collect();
    for part in name.split('/') {
        match part {
            "." => {}
            ".." => drop(parts.pop()?),
            part => parts.push(part),
        }
    }
    let file = parts.join("/");
    assets::engine(&file).map(|_| format!("{LIBRARY}{file}"))
}

/// How a learner writes in the file `base` the import of a module that is known by its name.
pub(super) fn specifier(names: &ImportMap, base: &str, module: &str) -> String {
    let short = module.strip_prefix(LIBRARY).and_then(|file| {
        names
            .iter()
            .find_map(|(name, known)| (known == file).then(|| name.clone()))
    });
    short.unwrap_or_else(|| files::relative(base, module))
}

impl Loader for Modules {
    fn load<'js>(
        &mut self,
        ctx: &Ctx<'js>,
        name: &str,
        _: Option<ImportAttributes<'js>>,
    ) -> Result<Module<'js, Declared>> {
        if let Some(file) = name.strip_prefix(LIBRARY) {
            let source = assets::engine(file).ok_or_else(|| Error::new_loading(name))?;
            return Module::declare(ctx.clone(), name, source.as_bytes());
        }
        let (file, form) = ModuleFormat::of_module(name);
        let files = self.0.files.borrow();
        let text = files
            .get(file)
            .ok_or_else(|| Error::new_loading(name))?
            .clone();
        drop(files);
        let source = match form {
            ModuleFormat::Code => return scripts::declare(ctx, &self.0, file, text),
            ModuleFormat::Json => json(file, &text, true),
            ModuleFormat::JsonAlone => json(file, &text, false),
            ModuleFormat::Text => Ok(format!("export default {};", literal(&text))),
        };
        match source {
            Ok(source) => declare(ctx, &self.0, name, source),
            Err(sentence) => Err(Exception::throw_syntax(ctx, &sentence)),
        }
    }
}

/// A module of the project, with what Bun has in its `import.meta`.
pub(super) fn declare<'js>(
    ctx: &Ctx<'js>,
    host: &Host,
    name: &str,
    source: String,
) -> Result<Module<'js, Declared>> {
    let module = Module::declare(ctx.clone(), name, source)?;
    let meta = module.meta()?;
    meta.set("url", format!("file:///{name}"))?;
    meta.set("path", format!("/{name}"))?;
    let (folder, file) = name.rsplit_once('/').unwrap_or(("", name));
    meta.set("dir", format!("/{folder}"))?;
    meta.set("file", file)?;
    meta.set("dirname", format!("/{folder}"))?;
    meta.set("filename", format!("/{name}"))?;
    meta.set("main", *host.server.borrow() == name)?;
    // What all have in common (web/import-meta.js), unless the learner's code took it away.
    if let Some(shared) = ctx.globals().get::<_, Option<Object>>("__importMeta")? {
        meta.set_prototype(Some(&shared))?;
    }
    Ok(module)
}

/// JSON as a module whose default export is its value; `with_names` exports an object's names as well.
fn json(file: &str, text: &str, with_names: bool) -> std::result::Result<String, String> {
    let value: serde_json::Value =
        serde_json::from_str(text).map_err(|error| format!("“{file}” is not JSON: {error}"))?;
    let mut module = format!("const value = JSON.parse({});\n", literal(text));
    module.push_str("export default value;\n");
    let object = value.as_object().filter(|_| with_names);
    let keys = object.into_iter().flat_map(|object| object.keys());
    for (number, name) in keys.filter(|name| *name != "default").enumerate() {
        let name = literal(name);
        // Writing to a String cannot fail.
        let _ = write!(
            module,
            "const value{number} = value[{name}];\nexport {{ value{number} as {name} }};\n"
        );
    }
    Ok(module)
}

/// Text as a JavaScript string: JSON's strings are JavaScript's.
fn literal(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn library_modules_are_found_and_named_as_learners_write_them() {
        let names = names().unwrap();
        let html = library(&names, "server.js", "hono/html").unwrap();
        assert_eq!(specifier(&names, "views/nav.js", &html), "hono/html");
        assert!(library(&names, &html, "../../utils/html.js").is_some());
        assert_eq!(library(&names, "server.js", "../../utils/html.js"), None);
        assert_eq!(library(&names, "server.js", "hxlab/web.js"), None);
        assert_eq!(specifier(&names, "views/nav.js", "rooms.js"), "../rooms.js");
    }

    #[test]
    fn a_package_with_an_address_and_a_version_is_the_same_package() {
        for (address, name) in [
            ("npm:hono@4", "hono"),
            ("npm:hono@^4.6.0/html", "hono/html"),
            ("jsr:@hono/hono@4/jsx", "hono/jsx"),
            (
                "https://esm.sh/hono@4.6.3/cookie?target=es2022",
                "hono/cookie",
            ),
            ("https://cdn.jsdelivr.net/npm/hono@4/+esm", "hono"),
            ("https://deno.land/x/hono@v4.3.11/mod.ts", "hono"),
            ("https://unpkg.com/@hono/node-server@2", "@hono/node-server"),
        ] {
            assert_eq!(short_name(address).as_deref(), Some(name), "{address}");
        }
        for other in ["hono", "./npm.js", "https://example.com/hono", "npm:@hono"] {
            assert_eq!(short_name(other), None, "{other}");
        }
    }

    #[test]
    fn json_is_checked_before_it_becomes_a_module() {
        let module = "const value = JSON.parse(\"[1]\");\nexport default value;\n";
        assert_eq!(json("a.json", "[1]", true), Ok(module.into()));
        assert!(json("a.json", "alert()", true).is_err());
        let object = json("a.json", r#"{"a b":1,"default":2}"#, true).unwrap();
        let last = "export { value0 as \"a b\" };\n";
        assert!(object.ends_with(last), "{object}");
    }
}
