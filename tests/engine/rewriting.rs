//! `HTMLRewriter` where it could take more than a Run has.

use hxlab::engine::message::{FromRun, LimitName};
use hxlab::engine::{Limits, RunEnd};

use super::stage::{Actor, endless, engine, project};

const REFUSED: &str =
    "RangeError: rewriting this takes more than the server has memory left for (limit “memory”)";

#[tokio::test]
async fn what_takes_more_than_is_left_is_refused_and_the_server_goes_on() {
    let engine = engine().await;
    let limits = Limits {
        memory: 32 << 20,
        ..endless()
    };
    let server = "
const told = async (act) => { try { return (await act()).length; } catch (error) { return `${error.name}: ${error.message}`; } };
const on = (element) => new HTMLRewriter().on('p', { element });
const text = 'x'.repeat(1 << 20);
const slow = (html) => new ReadableStream({ pull: (controller) => controller.enqueue(html) });
const unfinished = () => { let tag = `<p a='`; return new ReadableStream({ pull(controller) { controller.enqueue(tag + 'x'.repeat(1 << 16)); tag = ''; } }); };
const many = () => { const rewriter = new HTMLRewriter(); for (let i = 0; i < 20_000; i++) rewriter.on('p', { element() {} }); return rewriter.transform('<p>'); };
export default { fetch: async () => Response.json([
  await told(() => on((it) => it.setAttribute('a', text).setAttribute('b', it.getAttribute('a'))).transform('<p>')),
  await told(() => on(() => {}).transform(`<p a='${text}'>`)),
  await told(() => on((it) => { for (let i = 0; i < 100; i++) it.before(text); }).transform('<p>')),
  await told(() => on((it) => it.append(text)).transform(new Response(slow('<p>'))).text()),
  await told(() => on(() => {}).transform(new Response(unfinished())).text()),
  await told(() => new HTMLRewriter().on('*', { element() {} }).transform('<a>'.repeat(100_000))),
  await told(many),
  await told(() => on((it) => it.append('!')).transform('<p></p>')),
]) };";
    let mut actor = Actor::spawn_with(&engine, &project(server), limits).await;
    actor.until(|it| matches!(it, FromRun::Ready)).await;
    let told = actor.get("/").await;
    let refused = format!("\"{REFUSED}\"");
    let two = (2 << 20) + "<p a=\"\" b=\"\">".len();
    let one = (1 << 20) + "<p a=''>".len();
    let expected = [
        two.to_string(),
        one.to_string(),
        refused.clone(),
        refused.clone(),
        refused.clone(),
        refused.clone(),
        refused,
        "8".into(),
    ];
    assert_eq!(told, format!("[{}]", expected.join(",")));
}

#[tokio::test]
async fn a_handler_that_never_ends_is_ended_with_its_line() {
    let engine = engine().await;
    let response = "new Response('<p>')";
    for (work, input, line) in [
        ("for (;;) {}", "'<p>'", 3),
        ("for (;;) {}", response, 3),
        ("for (;;) rewriter.transform('<b>');", "'<p>'", 3),
    ] {
        let server = format!(
            "const rewriter = new HTMLRewriter().on('p', {{
  element() {{
    {work}
  }}
}});
export default {{ fetch: async () => new Response(await new Response(rewriter.transform({input}).body ?? '').text()) }};"
        );
        let mut actor = Actor::ready(&engine, &server).await;
        actor.ask("GET", "/", &[]);
        let end = actor.end().await;
        let RunEnd::Limit { limit, fault } = end else {
            panic!("{work}: {end:?}");
        };
        assert_eq!(limit, LimitName::Turn, "{work}");
        let fault = fault.expect("where it was");
        assert_eq!(fault.frames[0].line, line, "{work}: {fault:?}");
    }
}

#[tokio::test]
async fn promises_that_wait_for_each_other_for_ever_inside_of_a_rewriting_are_ended() {
    let engine = engine().await;
    let server = "const rewriter = new HTMLRewriter().on('p', {
  async element() {
    for (;;) await 1;
  }
});
export default { fetch: () => new Response(rewriter.transform('<p>')) };";
    let mut actor = Actor::ready(&engine, server).await;
    actor.ask("GET", "/", &[]);
    let end = actor.end().await;
    let RunEnd::Limit { limit, fault } = end else {
        panic!("{end:?}");
    };
    assert_eq!(limit, LimitName::Turn);
    assert!(fault.expect("where it was").frames[0].line >= 3);
}

/// Units, iterators and end tags that are kept, and rewritings inside of handlers, of others and of themselves.
#[tokio::test]
async fn what_is_kept_and_used_at_the_wrong_time_does_no_harm() {
    let engine = engine().await;
    let server = "const kept = [];
const use = (it) => {
  for (const name of ['before', 'after', 'append', 'replace', 'setInnerContent', 'setAttribute']) it[name]?.('<b>', {});
  it.remove?.();
  return [it.tagName, it.text, it.name].join();
};
const keep = (it) => { kept.push(it, it.attributes ?? it); it.onEndTag?.((end) => void kept.push(end)); };
const all = () => new HTMLRewriter().on('*', { element: keep, text: keep, comments: keep }).onDocument({ doctype: keep, end: keep });
const inside = new HTMLRewriter().on('p', { element(it) {
  const outer = it;
  it.after(all().on('i', { element: () => void outer.before('outer') }).transform('<i>x</i>'), { html: true });
  if (!it.hasAttribute('again')) inside.transform('<p again>');
} });
export default { fetch: async () => {
  const html = '<!doctype html><p a=1 b=2>x<!--c--></p>';
  const one = all().transform(html);
  const other = await all().transform(new Response(html)).text();
  const used = kept.map(use);
  const iterated = kept.flatMap((it) => (it.next ? [...it] : []));
  return Response.json([one === html, other === html, used.every((it) => it === ',,'), iterated, inside.transform('<p>1</p>')]);
} };";
    let mut actor = Actor::ready(&engine, server).await;
    let told = actor.get("/").await;
    assert_eq!(told, "[true,true,true,[],\"outer<p>1</p><i>x</i>\"]");
}
