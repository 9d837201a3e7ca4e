//! What must hold between lessons: slugs and questions once, prerequisites that lead somewhere
//! and never in a circle, links to headings that exist.

use std::collections::{HashMap, HashSet};

use super::diagnostic::{Diagnostic, FileFaults};
use super::lesson::LoadedLesson;

/// The faults between lessons, given in their order.
pub(super) fn check(lessons: &[LoadedLesson]) -> Vec<Diagnostic> {
    let by_slug: HashMap<&str, &LoadedLesson> = lessons
        .iter()
        .map(|loaded| (&*loaded.lesson.slug, loaded))
        .collect();
    let mut slugs = HashMap::new();
    let mut questions = HashMap::new();
    let mut found = Vec::new();
    for loaded in lessons {
        let mut faults = FileFaults::of(&loaded.path);
        if let Some(first) = slugs.insert(&*loaded.lesson.slug, &*loaded.path) {
            let problem = format!("the slug “{}” is taken by {first}", loaded.lesson.slug);
            faults.add(1, problem, "rename the folder");
        }
        for (question, &line) in loaded.lesson.questions.iter().zip(&loaded.question_lines) {
            let here = format!("{}:{line}", loaded.path);
            if let Some(first) = questions.insert(&*question.id, here) {
                let problem = format!("the question id “{}” is taken by {first}", question.id);
                faults.add(line, problem, "give it another id");
            }
        }
        prerequisites(loaded, &by_slug, &mut faults);
        links(loaded, &by_slug, &mut faults);
        found.append(&mut faults.found);
    }
    found
}

fn prerequisites(
    loaded: &LoadedLesson,
    by_slug: &HashMap<&str, &LoadedLesson>,
    faults: &mut FileFaults,
) {
    for needed in &loaded.prerequisites {
        let slug = &needed.value;
        if !by_slug.contains_key(&**slug) {
            faults.add(
                needed.line,
                format!("`prerequisites` names “{slug}”, and there is no such lesson"),
                "write a lesson's slug: its folder's name without the number",
            );
        } else if let Some(circle) = circle(&loaded.lesson.slug, slug, by_slug) {
            faults.add(
                needed.line,
                format!("the prerequisites go in a circle: {}", circle.join(" → ")),
                "remove one of them",
            );
        }
    }
}

/// The way from `slug` over its prerequisite `needed` back to `slug`, where there is one.
fn circle<'l>(
    slug: &'l str,
    needed: &'l str,
    by_slug: &HashMap<&str, &'l LoadedLesson>,
) -> Option<Vec<&'l str>> {
    let mut seen = HashSet::new();
    let mut ways = vec![vec![slug, needed]];
    while let Some(way) = ways.pop() {
        let last = *way.last()?;
        if last == slug {
            return Some(way);
        }
        if let Some(loaded) = by_slug.get(last).filter(|_| seen.insert(last)) {
            ways.extend(loaded.prerequisites.iter().map(|next| {
                way.iter()
                    .copied()
                    .chain([&*next.value])
                    .collect::<Vec<_>>()
            }));
        }
    }
    None
}

fn links(loaded: &LoadedLesson, by_slug: &HashMap<&str, &LoadedLesson>, faults: &mut FileFaults) {
    for link in &loaded.links {
        let Some(target) = by_slug.get(&*link.slug) else {
            continue;
        };
        let leads = target
            .headings
            .iter()
            .any(|heading| heading.id == link.fragment)
            || target
                .lesson
                .questions
                .iter()
                .any(|q| link.fragment == format!("question-{}", q.id));
        if !leads {
            let problem = format!(
                "there is no heading “#{}” in “{}”",
                link.fragment, link.slug
            );
            let ids: Vec<_> = target
                .headings
                .iter()
                .map(|h| format!("#{}", h.id))
                .collect();
            let mend = match ids.len() {
                0 => "remove what follows “#”: it has no headings".to_owned(),
                _ => format!("write one of {}", ids.join(", ")),
            };
            faults.add(link.line, problem, mend);
        }
    }
}
