//! What a learner's `import` finds: `hono` and `hono/…` from the library, and the project's own
//! `./file.js` and `./file.json`. Anything else is an error that says so.
//!
//! Modules of the library are named `hxlab/FILE`, those of the project by their file's name.

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

impl Resolver for Modules {
    fn resolve<'js>(
        &mut self,
        ctx: &Ctx<'js>,
        base: &str,
        name: &str,
        _: Option<ImportAttributes<'js>>,
    ) -> Result<String> {
        if let Some(module) = library(base, name) {
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

/// The library's module for `hono`, `hono/…`, or a part that one of its own modules shares.
fn library(base: &str, name: &str) -> Option<String> {
    let file = if name == "hono" || name.starts_with("hono/") {
        format!("{}.js", name.replace('/', "-"))
    } else if base.starts_with(LIBRARY) {
        name.strip_prefix("./")?.to_owned()
    } else {
        return None;
    };
    assets::engine(&file)?;
    Some(format!("{LIBRARY}{file}"))
}

/// How a learner writes the import of a module that is known by its name.
pub(super) fn specifier(module: &str) -> String {
    match module.strip_prefix(LIBRARY).and_then(|file| file.strip_suffix(".js")) {
        Some(file) => file.replacen('-', "/", 1),
        None => format!("./{module}"),
    }
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
        let text = files.get(name).ok_or_else(|| Error::new_loading(name))?.clone();
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
    name.ends_with(".json").then(|| {
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
    fn library_modules_are_named_as_learners_write_them() {
        assert_eq!(specifier("hxlab/hono.js"), "hono");
        assert_eq!(specifier("hxlab/hono-html.js"), "hono/html");
        assert_eq!(specifier("hxlab/hono-basic-auth.js"), "hono/basic-auth");
        assert_eq!(specifier("rooms.js"), "./rooms.js");
    }

    #[test]
    fn json_is_checked_before_it_becomes_a_module() {
        let module = "export default JSON.parse(\"[1]\");";
        assert_eq!(json("a.json", "[1]"), Some(Ok(module.into())));
        assert!(json("a.json", "alert()").is_some_and(|json| json.is_err()));
        assert_eq!(json("a.js", "alert()"), None);
    }
}
