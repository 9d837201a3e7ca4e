//! For whom a page's forms speak: for the learner whom the page was shown to, and for nobody else.

use reqwest::StatusCode;

use crate::actors::learner::LESSON;
use crate::actors::reader::Reader;
use crate::who::{course, rows};

/// Forms that do nothing in anybody's name: a choice that the browser keeps, who goes on as somebody else on purpose,
/// and a Run that is nobody's.
const NOBODYS: [(&str, &str); 4] = [
    ("header.html", "/theme"),
    ("recover.html", "/recover"),
    ("snapshot-stage.html", "{{ run_at }}"),
    ("embed-refused.html", ""),
];

/// The addresses that a page's POST forms lead to, of buttons as well, but for those of nobody.
fn addresses(page: &str) -> Vec<String> {
    let forms = page.split("<form").skip(1);
    let forms = forms.filter_map(|form| form.split("</form>").next());
    let posts = forms.filter(|form| form.contains("method=\"post\""));
    let mut all = Vec::new();
    for form in posts {
        let actions = form.split("action=\"").skip(1);
        all.extend(actions.filter_map(|rest| Some(rest.split('"').next()?.to_owned())));
    }
    all
}

/// A new form is to say whose its page is, or to be written into the list.
#[test]
fn each_form_says_for_whom_its_page_was_shown() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/embedded/templates");
    let mut count = 0;
    for file in std::fs::read_dir(folder).expect("the templates") {
        let path = file.expect("a template").path();
        if path.is_dir() {
            continue;
        }
        let name = path.file_name().expect("a name").to_string_lossy();
        let text = std::fs::read_to_string(&path).expect("a text");
        let posts = text.matches("method=\"post\"").count();
        let known: Vec<_> = NOBODYS.iter().filter(|(file, _)| *file == name).collect();
        let own = addresses(&text).into_iter().filter(|address| {
            let is_listed = |(_, it): &&&(&str, &str)| address.ends_with(it);
            !known.iter().any(|it| is_listed(&it))
        });
        let own: Vec<_> = own.collect();
        for address in &own {
            assert!(address.ends_with("{{ page.whose }}"), "{name}: {address}");
        }
        assert!(
            own.len() + known.len() >= posts,
            "{name}: a form without an address"
        );
        count += own.len();
    }
    assert!(count >= 15, "{count}");
}

#[tokio::test]
async fn a_page_sends_its_forms_in_nobody_elses_name() {
    let program = course();
    let lesson = format!("/lessons/{LESSON}");
    let [ada, mallory] = [(); 2].map(|()| Reader::of(&program));
    for reader in [&ada, &mallory] {
        reader.gets(&lesson).await;
        // Somebody who has not been right, so that the answer may be looked at.
        for _ in 0..3 {
            let form = "text=hx-put";
            reader
                .posts(&format!("{lesson}/questions/first"), form)
                .await;
        }
    }
    let begun = ada.posts("/play/projects", "beginning=form").await;
    let project = begun.header("location").to_owned();
    assert!(project.starts_with("/play/projects/"), "{}", begun.body);
    let shared = ada.posts(&format!("{project}/share"), "").await;
    let snapshot = shared.header("location").to_owned();
    ada.posts("/me/code", "").await;
    let deleted = ada.posts("/play/projects", "beginning=form").await;
    let deleted = format!("{}/delete", deleted.header("location"));
    assert_eq!(ada.posts(&deleted, "").await.status, StatusCode::SEE_OTHER);

    let mut all = Vec::new();
    for page in [&lesson, "/play", &project, &snapshot, "/me"] {
        let shown = ada.gets(page).await;
        assert_eq!(shown.status, StatusCode::OK, "{page}");
        let own = addresses(&shown.body).into_iter();
        let own = own.filter(|it| it != "/theme" && it != "/recover" && *it != snapshot);
        let own: Vec<_> = own.collect();
        assert!(!own.is_empty(), "{page}");
        all.extend(own.into_iter().map(|address| (page.to_owned(), address)));
    }
    for doing in [
        "/read?",
        "/steps/first?",
        "/questions/first?",
        "/reveal?",
        "/projects?",
        "/import?",
        "/restore?",
        "/erase?",
        "/name?",
        "/share?",
        "/delete?",
        "/take-back?",
        "/copy?",
        "/me/code?",
        "/me/code/void?",
        "/me/delete?",
    ] {
        let is_there = all.iter().any(|(_, address)| address.contains(doing));
        assert!(is_there, "no {doing} in {all:?}");
    }
    let kept = async |reader: &Reader| reader.gets("/me/all.json").await.body;
    let before = (kept(&ada).await, kept(&mallory).await, rows(&program));
    let stranger = Reader::of(&program);
    let fields = "text=hx-get&read=1&name=x&sure=yes&beginning=form";
    for (page, address) in &all {
        let form = mallory.form(address, fields);
        let from = format!("http://hxlab.localhost:{}{page}", program.port());
        let form = form.header("sec-fetch-site", "same-origin");
        let refused = mallory.sends(form.header("referer", &from)).await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN, "{address}");
        refused.shows("has changed since this page was opened");
        refused
            .shows(&format!("href=\"{page}\""))
            .shows("href=\"/recover\"");
        let refused = stranger.posts(address, fields).await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN, "{address}");
        refused
            .shows("Your browser keeps no cookies")
            .shows("href=\"/\"");
    }
    let after = (kept(&ada).await, kept(&mallory).await, rows(&program));
    assert_eq!(after, before);
    // They are Ada's, and do for her what they say.
    for (_, address) in all.iter().filter(|(_, it)| !it.contains("/me/delete")) {
        let status = ada.posts(address, fields).await.status;
        assert_ne!(status, StatusCode::FORBIDDEN, "{address}");
    }
}

#[tokio::test]
async fn a_newcomers_page_sends_its_forms_in_their_own_name_alone() {
    let program = course();
    let lesson = format!("/lessons/{LESSON}");
    let [bea, mallory] = [(); 2].map(|()| Reader::of(&program));
    let own = addresses(&bea.gets(&lesson).await.body);
    let question = own.iter().find(|it| it.contains("/questions/first?"));
    let question = question.expect("a question");
    mallory.gets(&lesson).await;
    let refused = mallory.posts(question, "text=hx-get").await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    assert_eq!(rows(&program)[0], ("learners", 0));
    // By the first answer she becomes a learner; the page that she has was hers before.
    for _ in 0..2 {
        let answered = bea.posts(question, "text=hx-get").await;
        assert_eq!(answered.status, StatusCode::SEE_OTHER);
    }
    assert_eq!(rows(&program)[0], ("learners", 1));
    // Nor is it another learner's.
    mallory.posts(&format!("{lesson}/read"), "read=1").await;
    let refused = mallory.posts(question, "text=hx-get").await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
}
