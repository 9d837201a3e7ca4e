//! A learner's server that changes the language under the engine's own JavaScript.

use super::stage::{Actor, engine};

#[tokio::test]
async fn what_is_changed_of_the_language_leaves_no_request_without_an_answer() {
    let engine = engine().await;
    for (change, statuses) in [
        (
            "Map.prototype.get = () => { throw 1; }; Set.prototype.has = null;",
            200..201,
        ),
        ("Object.prototype.then = function () {};", 200..201),
        (
            "Promise.prototype.then = function () { return this; };",
            200..201,
        ),
        (
            "Object.defineProperty(Array.prototype, 0, { set() { throw new Error('zero'); } });",
            500..501,
        ),
        (
            "for (const kind of [Array, String, Map, Set, Promise, Headers, Response, Uint8Array]) \
             for (const name of Object.getOwnPropertyNames(kind.prototype)) \
             if (name !== 'constructor') { try { kind.prototype[name] = null; } catch {} }",
            200..501,
        ),
        (
            "globalThis.Response = class extends Response { get status() { throw 2; } };",
            200..501,
        ),
    ] {
        let fetch = format!("fetch() {{ {change}\nreturn new Response('ok'); }}");
        let mut actor = Actor::ready(&engine, &format!("export default {{ {fetch} }};")).await;
        actor.fetch_with("GET", "/", &[("accept", "*/*")]).await;
        let (status, ..) = actor.fetch_with("GET", "/", &[("accept", "*/*")]).await;
        assert!(statuses.contains(&status), "{status}: {change}");
    }
    for (change, status, body) in [
        (
            "ReadableStream.prototype.getReader = () => { throw 1; };",
            200,
            "ok",
        ),
        (
            "ReadableStreamDefaultReader.prototype.read = () => { throw 1; };",
            200,
            "ok",
        ),
        (
            "Promise.prototype.then = function () { return this; };",
            200,
            "ok",
        ),
        (
            "Object.prototype.then = function () {};",
            500,
            "Object.prototype.then was set",
        ),
    ] {
        let stream = "new ReadableStream({ pull(c) { c.enqueue('ok'); c.close(); } })";
        for (fetch, answer) in [
            ("fetch", stream),
            ("async fetch", stream),
            ("async fetch", "'ok'"),
        ] {
            let server = format!(
                "export default {{ {fetch}() {{ {change}\nreturn new Response({answer}); }} }};"
            );
            let mut actor = Actor::ready(&engine, &server).await;
            let (got, text) = actor.fetch("GET", "/").await;
            assert_eq!(got, status, "{fetch}, {answer}: {change}");
            assert!(text.contains(body), "{text}, {fetch}, {answer}: {change}");
        }
    }
    for thrown in [
        "new Proxy({}, { get() { throw 1; }, getPrototypeOf() { throw 2; }, has() { throw 3; } })",
        "Object.defineProperties(new Error('x'), { name: { get() { throw 4; } }, stack: { value: 5n } })",
        "Object.create(null)",
        "Symbol('s')",
    ] {
        for thrower in ["fetch() { throw it; }", "async fetch() { throw it; }"] {
            let server = format!("const it = {thrown};\nexport default {{ {thrower} }};");
            let mut actor = Actor::ready(&engine, &server).await;
            let (status, ..) = actor.fetch_with("GET", "/", &[("accept", "*/*")]).await;
            assert_eq!(status, 500, "{thrown}, {thrower}");
        }
    }
}
