use super::*;
use crate::engine::zygote::memory::Account;

#[test]
fn frames_of_the_engine_are_read() {
    let stack = "    at reply (server.js:12:9)\n    at <anonymous> (server.js:3:1)\n    \
                 at log (native)\n    at server.js:7:2\n    at fetch (hxlab/serve.js:10:4)\n";
    let host = Host::new(std::collections::BTreeMap::new(), Account::default());
    host.files
        .borrow_mut()
        .insert("server.js".into(), String::new());
    let frames = host.frames(stack);
    let read: Vec<_> = frames
        .iter()
        .map(|f| (f.function.as_str(), f.line, f.column))
        .collect();
    assert_eq!(read, [("reply", 12, 9), ("", 3, 1), ("", 7, 2)]);
}

#[test]
fn an_import_is_found_in_its_file() {
    let text = "// \"first\"\nimport { html } from \"hono/html\";\nimport {\n  one,\n  two\n} from './x.js';\n";
    let found = |specifier, name| {
        place("server.js", text, specifier, name).map(|frame| (frame.line, frame.column))
    };
    assert_eq!(found("hono/html", None), Some((2, 22)));
    assert_eq!(found("hono/html", Some("html")), Some((2, 10)));
    assert_eq!(found("./x.js", Some("two")), Some((5, 3)));
    assert_eq!(found("./y.js", None), None);
}
