//! What no page, fragment, download or search tells before it is due.

use std::path::{Path, PathBuf};

use crate::actors::program::Program;
use crate::actors::reader::{Answered, Reader};

/// What authors wrote for after an answer, in all lessons: feedback, hints, explanations, accepted
/// texts. Markup is cut off, so that each is found in whatever form.
fn secrets() -> Vec<(String, Vec<String>)> {
    let lessons = Path::new(env!("CARGO_MANIFEST_DIR")).join("lessons");
    let mut all = Vec::new();
    for unit in folders(&lessons) {
        for lesson in folders(&unit) {
            let Ok(page) = std::fs::read_to_string(lesson.join("index.md")) else {
                continue;
            };
            let name = lesson
                .file_name()
                .expect("a name")
                .to_string_lossy()
                .into_owned();
            let slug = name.split_once('-').expect("a number").1.to_owned();
            let blocks = page.split("```question ").skip(1);
            let blocks = blocks.filter_map(|block| block.split_once("\n```"));
            let lines = blocks.flat_map(|(block, _)| block.lines().filter_map(secret));
            all.push((slug, lines.collect::<Vec<_>>()));
        }
    }
    assert!(all.iter().any(|(_, secrets)| secrets.len() > 10));
    all
}

fn folders(path: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(path).expect("a folder");
    let paths = entries.map(|entry| entry.expect("an entry").path());
    paths.filter(|path| path.is_dir()).collect()
}

fn secret(line: &str) -> Option<String> {
    let words = line
        .trim_start()
        .strip_prefix(": ")
        .or_else(|| line.strip_prefix("hint: "))
        .or_else(|| line.strip_prefix("explain: "))?;
    let plain = words.split(['`', '*', '_', '[', '\'', '"', '&', '<', '’']);
    plain
        .map(str::trim)
        .max_by_key(|piece| piece.len())
        .map(str::to_owned)
        .filter(|piece| piece.len() > 15)
}

#[tokio::test]
async fn nothing_of_the_course_tells_an_answer_before_it_is_due() {
    let program = Program::site();
    let reader = Reader::of(&program);
    for (slug, secrets) in secrets() {
        let lesson = format!("/lessons/{slug}");
        let page = reader.gets(&lesson).await;
        let tells = |answered: &Answered| {
            for secret in &secrets {
                assert!(!answered.body.contains(secret), "{slug} tells “{secret}”");
            }
        };
        tells(&page);
        assert!(!page.body.contains("data-mark="), "{slug}");
        for question in page.body.split("id=\"question-").skip(1) {
            let Some((id, rest)) = question.split_once('"') else {
                continue;
            };
            if !rest.starts_with(" tabindex") {
                continue;
            }
            let address = format!("{lesson}/questions/{id}");
            for htmx in [false, true] {
                let reader = Reader::of(&program);
                let reader = if htmx { reader.with_htmx() } else { reader };
                tells(&reader.gets(&lesson).await);
                tells(&reader.posts(&address, "").await);
                tells(&reader.posts(&format!("{address}/reveal"), "").await);
            }
        }
        for place in ["/", "/review", "/me", "/me/all.json"] {
            tells(&reader.gets(place).await);
        }
        for secret in &secrets {
            // Fewer words than the secret has, since the page says again what was looked for.
            let words: Vec<&str> = secret.split_whitespace().take(2).collect();
            let found = reader.gets(&format!("/search?q={}", words.join("+"))).await;
            let (_, results) = found.body.split_once("id=\"results\"").expect("results");
            let results = results.replace("<mark>", "").replace("</mark>", "");
            assert!(
                !results.contains(secret.as_str()),
                "the search tells “{secret}”"
            );
        }
    }
}
