//! What a project's `tsconfig.json` says about how its files become JavaScript, as far as Bun heeds it.

use oxc_transformer::{
    DecoratorOptions, HelperLoaderMode, HelperLoaderOptions, JsxOptions, JsxRuntime,
    TransformOptions, TypeScriptOptions,
};
use serde::Deserialize;

use super::HELPERS;

/// The library that JSX calls where a project names none.
const JSX: &str = "hono/jsx";

/// What holds for all files of a project.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Settings {
    compiler_options: CompilerOptions,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct CompilerOptions {
    jsx: Option<String>,
    jsx_import_source: Option<String>,
    jsx_factory: Option<String>,
    jsx_fragment_factory: Option<String>,
    experimental_decorators: bool,
    emit_decorator_metadata: bool,
    verbatim_module_syntax: bool,
    paths: Option<serde_json::Map<String, serde_json::Value>>,
}

impl Settings {
    /// Reads a `tsconfig.json`, in which comments and commas at the end of a list are allowed.
    ///
    /// # Errors
    /// A sentence without its full stop.
    pub fn read(text: &str) -> Result<Self, String> {
        serde_json::from_str(&plain_json(text))
            .map_err(|error| format!("“tsconfig.json” cannot be read: {error}"))
    }

    /// Whether an import of this name would be led elsewhere by `paths`.
    #[must_use]
    pub fn leads_elsewhere(&self, name: &str) -> bool {
        let paths = self.compiler_options.paths.iter();
        let mut patterns = paths.flat_map(serde_json::Map::keys);
        patterns.any(|pattern| match pattern.split_once('*') {
            Some((start, end)) => name.starts_with(start) && name.ends_with(end),
            None => pattern == name,
        })
    }

    pub(super) fn has_decorators(&self) -> bool {
        self.compiler_options.experimental_decorators
    }

    pub(super) fn options(&self) -> TransformOptions {
        let given = &self.compiler_options;
        TransformOptions {
            typescript: TypeScriptOptions {
                only_remove_type_imports: given.verbatim_module_syntax,
                ..TypeScriptOptions::default()
            },
            decorator: DecoratorOptions {
                legacy: given.experimental_decorators,
                emit_decorator_metadata: given.emit_decorator_metadata,
                ..DecoratorOptions::default()
            },
            jsx: self.jsx(),
            helper_loader: HelperLoaderOptions {
                module_name: HELPERS.trim_end_matches("/helpers/").into(),
                mode: HelperLoaderMode::Runtime,
            },
            ..TransformOptions::default()
        }
    }

    fn jsx(&self) -> JsxOptions {
        let given = &self.compiler_options;
        let classic = given.jsx.as_deref() == Some("react");
        JsxOptions {
            pure: false,
            throw_if_namespace: false,
            runtime: if classic {
                JsxRuntime::Classic
            } else {
                JsxRuntime::Automatic
            },
            import_source: (!classic).then(|| {
                given
                    .jsx_import_source
                    .clone()
                    .unwrap_or_else(|| JSX.to_owned())
            }),
            pragma: given.jsx_factory.clone().filter(|_| classic),
            pragma_frag: given.jsx_fragment_factory.clone().filter(|_| classic),
            ..JsxOptions::enable()
        }
    }
}

/// JSON without the comments and the last commas of lists, which become spaces: places stay as they are.
fn plain_json(text: &str) -> String {
    let mut bytes = text.as_bytes().to_vec();
    let (mut at, mut comma) = (0, None);
    while let Some(&byte) = bytes.get(at) {
        let length = match (byte, bytes.get(at + 1)) {
            (b'"', _) => string_length(&bytes[at..]),
            (b'/', Some(b'/')) => until(&bytes[at..], b"\n"),
            (b'/', Some(b'*')) => until(&bytes[at..], b"*/") + 2,
            _ => 1,
        };
        let end = (at + length).min(bytes.len());
        match byte {
            b'/' if length > 1 => blank(&mut bytes[at..end]),
            b',' => comma = Some(at),
            b']' | b'}' => {
                if let Some(comma) = comma.take() {
                    bytes[comma] = b' ';
                }
            }
            byte if byte.is_ascii_whitespace() => {}
            _ => comma = None,
        }
        at = end;
    }
    // Only whole comments and single commas were replaced.
    String::from_utf8(bytes).unwrap_or_default()
}

/// A string with its quotation marks.
fn string_length(bytes: &[u8]) -> usize {
    let mut at = 1;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'"' => return at + 1,
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
    bytes.len()
}

fn until(bytes: &[u8], mark: &[u8]) -> usize {
    let found = bytes.windows(mark.len()).skip(2).position(|it| it == mark);
    found.map_or(bytes.len(), |at| at + 2)
}

fn blank(bytes: &mut [u8]) {
    for byte in bytes.iter_mut().filter(|byte| **byte != b'\n') {
        *byte = b' ';
    }
}
