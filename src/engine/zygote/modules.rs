//! What a learner's `import` finds: `hono` and `hono/…` from the library, and the project's own
//! `./file.js` and `./file.json`. Anything else is an error that says so.
//!
//! Modules of the library are named `hxlab/FILE`, those of the project by their file's name.

use std::collections::BTreeMap;
use std::rc::Rc;

use rquickjs::loader::{ImportAttributes, Loader, Resolver};
use rquickjs::module::Declared;
use rquickjs::{Ctx, Error, Exception, Module, Result};

use super::host::Host;
use crate::assets;

/// What stands before the names of the library's modules.
pub(super) const LIBRARY: &str = "hxlab/";

/// Finds modules by what is written behind `from`.
pub(super) struct Modules(pub(super) Rc<Host>);

/// What `import` may name of the library: `hono/html` → `hono/helper/html/index.js`.
pub(super) type Names = BTreeMap<String, String>;

/// Reads the list that the build made.
pub(super) fn names() -> serde_json::Result<Names> {
    assets::engine("modules.json")
        .map_or_else(|| Ok(Names::new()), |json| serde_json::from_str(&json))
}

impl Resolver for Modules {
    fn resolve<'js>(
        &mut self,
        ctx: &Ctx<'js>,
        base: &str,
        name: &str,
        _: Option<ImportAttributes<'js>>,
    ) -> Result<String> {
        if let Some(module) = library(&self.0.names, base, name) {
            return Ok(module);
        }
        let refused = match name.strip_prefix("./") {
            Some(file) if self.0.files.borrow().contains_key(file) => return Ok(file.to_owned()),
            Some(file) => format!("{base} imports “{name}”, but there is no file “{file}”"),
            None => format!(
                "{base} imports “{name}”, which is not available here: import “hono”, a part of \
                 it such as “hono/html”, or a file of the project such as “./rooms.js”"
            ),
        };
        self.0.import.set(self.0.import_place(base, name));
        Err(Exception::throw_message(ctx, &refused))
    }
}

/// The library's module for a name that a learner may write, or that one of its own modules does.
fn library(names: &Names, base: &str, name: &str) -> Option<String> {
    if let Some(file) = names.get(name) {
        return Some(format!("{LIBRARY}{file}"));
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

/// How a learner writes the import of a module that is known by its name.
pub(super) fn specifier(names: &Names, module: &str) -> String {
    let short = module.strip_prefix(LIBRARY).and_then(|file| {
        names
            .iter()
            .find_map(|(name, known)| (known == file).then(|| name.clone()))
    });
    short.unwrap_or_else(|| format!("./{module}"))
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
        let files = self.0.files.borrow();
        let text = files
            .get(name)
            .ok_or_else(|| Error::new_loading(name))?
            .clone();
        drop(files);
        match json(name, &text) {
            None => Module::declare(ctx.clone(), name, text),
            Some(Ok(module)) => Module::declare(ctx.clone(), name, module),
            Some(Err(sentence)) => Err(Exception::throw_syntax(ctx, &sentence)),
        }
    }
}

/// A `.json` file as a module whose default export is its value.
fn json(name: &str, text: &str) -> Option<std::result::Result<String, String>> {
    let is_json = name
        .rsplit_once('.')
        .is_some_and(|(_, ending)| ending == "json");
    is_json.then(|| {
        serde_json::from_str::<serde::de::IgnoredAny>(text)
            .map_err(|error| format!("“{name}” is not JSON: {error}"))?;
        let literal = serde_json::Value::from(text);
        Ok(format!("export default JSON.parse({literal});"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn library_modules_are_found_and_named_as_learners_write_them() {
        let names = names().unwrap();
        let html = library(&names, "server.js", "hono/html").unwrap();
        assert_eq!(specifier(&names, &html), "hono/html");
        assert!(library(&names, &html, "../../utils/html.js").is_some());
        assert_eq!(library(&names, "server.js", "../../utils/html.js"), None);
        assert_eq!(library(&names, "server.js", "hxlab/web.js"), None);
        assert_eq!(specifier(&names, "rooms.js"), "./rooms.js");
    }

    #[test]
    fn json_is_checked_before_it_becomes_a_module() {
        let module = "export default JSON.parse(\"[1]\");";
        assert_eq!(json("a.json", "[1]"), Some(Ok(module.into())));
        assert!(json("a.json", "alert()").is_some_and(|json| json.is_err()));
        assert_eq!(json("a.js", "alert()"), None);
    }
}
