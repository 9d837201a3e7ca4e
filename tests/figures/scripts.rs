//! What TypeScript and JSX add to a start: the same project of 200 lines three times, as plain JavaScript and with
//! what has to be transpiled.

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use hxlab::engine::Engine;
use hxlab::engine::message::FromRun;
use hxlab::project::Project;

use super::stage::{Actor, engine};

/// How often each is started; in turn, so that all meet the same machine.
const TIMES: usize = 101;

/// What may be added, by the goal.
const AT_MOST: Duration = Duration::from_millis(5);

/// Prints the three; `false` where more than the goal was added.
pub(super) async fn starts() -> bool {
    let engine = engine().await;
    let forms = [
        ("server.js", javascript as fn(usize, &mut String)),
        ("server.ts", typescript),
        ("server.tsx", typescript_with_jsx),
    ];
    let projects = forms.map(|(name, part)| (name, project(name, part)));
    let mut times = forms.map(|_| Vec::new());
    for _ in 0..TIMES {
        for (times, (_, project)) in times.iter_mut().zip(&projects) {
            times.push(start(&engine, project).await);
        }
    }
    let medians = times.map(|mut times| {
        times.sort();
        times[TIMES / 2]
    });
    println!(
        "{:12} {:>7} {:>12} {:>12}",
        "file", "lines", "start", "added"
    );
    for ((name, project), median) in projects.iter().zip(medians) {
        let text = project.files().next().unwrap().1.text().unwrap();
        println!(
            "{name:12} {:>7} {:>9.2} ms {:>9.2} ms",
            text.lines().count(),
            super::milliseconds(median),
            super::milliseconds(median.saturating_sub(medians[0]))
        );
    }
    medians
        .iter()
        .all(|median| median.saturating_sub(medians[0]) <= AT_MOST)
}

/// From the order to the word that it is ready, with a process in reserve, as between two presses of Run.
async fn start(engine: &Engine, project: &Project) -> Duration {
    tokio::time::sleep(Duration::from_millis(80)).await;
    let began = Instant::now();
    let mut actor = Actor::spawn(engine, project).await;
    actor.until(|it| matches!(it, FromRun::Ready)).await;
    began.elapsed()
}

fn project(name: &str, part: fn(usize, &mut String)) -> Project {
    let mut text = "import { Hono } from \"hono\";\nimport { html } from \"hono/html\";\nconst app = new Hono();\n".to_owned();
    for number in 0..28 {
        part(number, &mut text);
    }
    text.push_str("export default app;\n");
    Project::from_texts([(name, text)]).unwrap()
}

fn javascript(number: usize, text: &mut String) {
    write!(
        text,
        "const state{number} = {{ id: {number}, name: \"n\", tags: [\"a\", \"b\"] }};\n\
         function view{number}(state, wide = false) {{\n  const tags = state.tags.map((tag) => tag.toUpperCase());\n  \
         return html`<li id=\"s-${{state.id}}\" class=\"${{wide ? \"wide\" : \"\"}}\">${{tags.join()}}</li>`;\n}}\n\
         app.get(\"/{number}\", (c) => c.html(view{number}(state{number}, true)));\n\n"
    )
    .unwrap();
}

fn typescript(number: usize, text: &mut String) {
    write!(
        text,
        "interface State{number} {{ id: number; name?: string; tags: readonly string[] }}\n\
         const state{number}: State{number} = {{ id: {number}, name: \"n\", tags: [\"a\", \"b\"] }};\n\
         function view{number}(state: State{number}, wide = false): unknown {{\n  const tags = state.tags.map((tag: string): string => tag.toUpperCase());\n  \
         return html`<li id=\"s-${{state.id}}\" class=\"${{wide ? \"wide\" : \"\"}}\">${{tags.join() as string}}</li>`;\n}}\n\
         app.get(\"/{number}\", (c) => c.html(view{number}(state{number}, true) as string));\n"
    )
    .unwrap();
}

fn typescript_with_jsx(number: usize, text: &mut String) {
    write!(
        text,
        "interface State{number} {{ id: number; name?: string; tags: readonly string[] }}\n\
         const state{number}: State{number} = {{ id: {number}, name: \"n\", tags: [\"a\", \"b\"] }};\n\
         function View{number}({{ state, wide = false }}: {{ state: State{number}; wide?: boolean }}) {{\n  const tags = state.tags.map((tag: string): string => tag.toUpperCase());\n  \
         return <li id={{`s-${{state.id}}`}} class={{wide ? \"wide\" : \"\"}}>{{tags.join() as string}}</li>;\n}}\n\
         app.get(\"/{number}\", (c) => c.html(<View{number} state={{state{number}}} wide />));\n"
    )
    .unwrap();
}
