//! The playground: whose a project is, what a snapshot shows to whom, and what whoever runs the site can do about it.

use reqwest::{Method, StatusCode};

use crate::actors::client::Client;
use crate::actors::operator::asks;
use crate::actors::program::Program;
use crate::actors::reader::{Answered, Reader};

/// Begins a project; its path.
async fn begins(who: &Reader, beginning: &str) -> String {
    let begun = who
        .posts("/play/projects", &format!("beginning={beginning}"))
        .await;
    assert_eq!(begun.status, StatusCode::SEE_OTHER, "{}", begun.body);
    begun.header("location").to_owned()
}

/// Shares a project; the snapshot's path.
async fn shares(who: &Reader, project: &str) -> String {
    let shared = who.posts(&format!("{project}/share"), "").await;
    assert_eq!(shared.status, StatusCode::SEE_OTHER, "{}", shared.body);
    shared.header("location").to_owned()
}

/// Where a snapshot's page says that it runs.
fn runs_at(page: &Answered) -> String {
    let (_, rest) = page.body.split_once("<iframe src=\"").expect("a frame");
    let (address, _) = rest.split_once('"').expect("an address");
    address.to_owned()
}

/// Somebody at what a snapshot's page says that it runs.
fn sandbox_of(program: &Program, page: &Answered) -> Client {
    let at = runs_at(page);
    let host = at.split("//").nth(1).and_then(|it| it.split(':').next());
    program.client().at(host.expect("a host"))
}

/// How many rows a table of the site's database has.
fn rows(program: &Program, table: &str) -> u32 {
    let database =
        rusqlite::Connection::open(program.data().join("hxlab.db")).expect("the database");
    let sql = format!("SELECT count(*) FROM {table}");
    let count = database.query_row(&sql, [], |row| row.get(0));
    count.expect("a count")
}

/// Sends an archive as the form does.
async fn imports(who: &Reader, archive: &[u8]) -> Answered {
    let head =
        "--x\r\ncontent-disposition: form-data; name=\"archive\"; filename=\"My chat.zip\"\r\n\r\n";
    let body = [head.as_bytes(), archive, b"\r\n--x--\r\n"].concat();
    let request = who
        .asks(Method::POST, "/play/import")
        .header("sec-fetch-site", "same-origin")
        .header("content-type", "multipart/form-data; boundary=x")
        .body(body);
    who.sends(request).await
}

#[tokio::test]
async fn a_project_is_there_for_its_learner_alone() {
    let program = Program::site();
    let (ada, bob) = (Reader::of(&program), Reader::of(&program));
    let project = begins(&ada, "form").await;
    let bobs = begins(&bob, "empty").await;
    assert_eq!(ada.gets(&project).await.status, StatusCode::OK);
    ada.gets(&project).await.shows("guests.unshift(name)");
    let nobody = Reader::of(&program);
    for who in [&bob, &nobody] {
        let answer = who.gets(&project).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND);
        answer.hides("guests.unshift");
    }
    for act in ["name", "delete", "restore", "erase", "share"] {
        let answer = bob.posts(&format!("{project}/{act}"), "name=Bob").await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{act}");
    }
    for (method, path) in [
        (Method::PUT, "draft"),
        (Method::POST, "run"),
        (Method::POST, "stop"),
        (Method::GET, "open"),
        (Method::GET, "live"),
        (Method::GET, "project.zip"),
    ] {
        let request = bob
            .asks(method, &format!("{project}/{path}"))
            .header("sec-fetch-site", "same-origin")
            .body(r#"{"version":0,"files":{}}"#);
        let answer = bob.sends(request).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
    }
    assert_eq!(bob.gets(&bobs).await.status, StatusCode::OK);
}

#[tokio::test]
async fn what_is_kept_of_a_playground_is_told_and_deleted() {
    let program = Program::site();
    let ada = Reader::of(&program);
    let project = begins(&ada, "form").await;
    let snapshot = shares(&ada, &project).await;
    ada.gets("/me").await.shows("1 project").shows("1 snapshot");
    let all = ada.gets("/me/all.json").await;
    all.shows("\"own_projects\"").shows("\"snapshots\"");
    all.shows(snapshot.trim_start_matches("/play/"));
    let visitor = Reader::of(&program);
    visitor.gets(&snapshot).await.shows("guests.unshift(name)");
    ada.posts("/me/delete", "sure=yes").await;
    let gone = visitor.gets(&snapshot).await;
    assert_eq!(gone.status, StatusCode::NOT_FOUND);
    gone.shows("Nothing is shared here");
}

#[tokio::test]
async fn of_who_reads_and_runs_a_snapshot_nothing_is_kept() {
    let program = Program::site();
    let ada = Reader::of(&program);
    let project = begins(&ada, "empty").await;
    let snapshot = shares(&ada, &project).await;
    let visitor = Reader::of(&program);
    let page = visitor.gets(&snapshot).await;
    assert!(page.header("set-cookie").starts_with("hxlab="), "a guest's");
    page.hides("<iframe src=\"http");
    let ran = visitor.posts(&snapshot, "").await;
    assert!(ran.header("set-cookie").starts_with("hxlab="), "a guest's");
    runs_at(&ran);
    let other = visitor.posts(&format!("{snapshot}/embed"), "").await;
    assert_ne!(runs_at(&other), runs_at(&ran), "each Run is one's own");
    assert!(other.headers.get("set-cookie").is_none(), "in a frame");
    ada.gets(&project).await;
    assert_eq!(rows(&program, "learners"), 1, "she who shares");
    assert_eq!(
        rows(&program, "sandboxes"),
        0,
        "her project has not run yet"
    );
}

#[tokio::test]
async fn only_the_embedded_page_and_what_it_runs_may_be_in_others_frames() {
    let program = Program::site();
    let ada = Reader::of(&program);
    let project = begins(&ada, "empty").await;
    let snapshot = shares(&ada, &project).await;
    let ancestors = |answer: &Answered| {
        let policy = answer.header("content-security-policy").to_owned();
        let of = policy.split("frame-ancestors ").nth(1);
        let of = of.and_then(|rest| rest.split(';').next());
        of.unwrap_or_else(|| panic!("no frame-ancestors in {policy}"))
            .to_owned()
    };
    for path in ["/play", &project, &snapshot, "/me", "/nowhere"] {
        assert_eq!(ancestors(&ada.gets(path).await), "'self'", "{path}");
    }
    let embed = format!("{snapshot}/embed");
    assert_eq!(ancestors(&ada.gets(&embed).await), "*");
    let gone = ada.gets("/play/aaaaaaaaaaaaaaaaaaaaaaaaaa/embed").await;
    assert_eq!(gone.status, StatusCode::NOT_FOUND);
    assert_eq!(ancestors(&gone), "*");
    gone.shows("Nothing is shared here");
    let ran = ada.posts(&embed, "").await;
    let sandbox = sandbox_of(&program, &ran);
    let inside = sandbox.get("/").await;
    let policy = inside.headers()["content-security-policy"]
        .to_str()
        .expect("a text");
    assert!(policy.contains("frame-ancestors 'self'"), "{policy}");
    assert!(policy.contains(" *; sandbox "), "{policy}");
}

#[tokio::test]
async fn an_operator_takes_down_what_is_shared_and_ends_what_of_it_runs() {
    let program = Program::site();
    let (ada, visitor) = (Reader::of(&program), Reader::of(&program));
    let project = begins(&ada, "empty").await;
    let snapshot = shares(&ada, &project).await;
    let ran = visitor.posts(&snapshot, "").await;
    let sandbox = sandbox_of(&program, &ran);
    assert_eq!(sandbox.get("/").await.status(), StatusCode::OK);
    let id = snapshot.trim_start_matches("/play/").to_owned();
    let address = format!("http://hxlab.localhost{snapshot}/embed");
    let (status, said) = asks(&program, &["block", &address]).await;
    let told = format!("blocked snapshot {id}, and stopped its server\n");
    assert_eq!((status, said), (Some(0), told));
    assert_eq!(
        sandbox.get("/").await.status(),
        StatusCode::SERVICE_UNAVAILABLE
    );
    for who in [&visitor, &ada] {
        let answer = who.gets(&snapshot).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN);
        answer.shows("This snapshot is blocked");
        let copied = who.posts(&format!("{snapshot}/copy"), "").await;
        assert_eq!(copied.status, StatusCode::FORBIDDEN);
    }
    visitor
        .gets(&format!("{snapshot}/embed"))
        .await
        .shows("This snapshot is blocked");
    assert_eq!(
        ada.gets(&project).await.status,
        StatusCode::OK,
        "hers it stays"
    );
    let (_, said) = asks(&program, &["blocked"]).await;
    assert!(said.starts_with(&format!("snapshot {id}  for ")), "{said}");
    let (status, said) = asks(&program, &["unblock", &id]).await;
    assert_eq!(status, Some(0), "{said}");
    assert_eq!(visitor.gets(&snapshot).await.status, StatusCode::OK);
}

#[tokio::test]
async fn what_was_downloaded_can_be_imported_and_what_is_no_archive_is_refused() {
    let program = Program::site();
    let ada = Reader::of(&program);
    let project = begins(&ada, "chat").await;
    let request = ada.asks(Method::GET, &format!("{project}/project.zip"));
    let archive = request.send().await.expect("the site answers");
    let archive = archive.bytes().await.expect("a whole body");
    let bob = Reader::of(&program);
    let imported = imports(&bob, &archive).await;
    assert_eq!(imported.status, StatusCode::SEE_OTHER, "{}", imported.body);
    let page = bob.gets(imported.header("location")).await;
    page.shows("<h1>My chat</h1>");
    page.shows("ws.subscribe(&quot;room&quot;)");
    page.hides("hxlab/serve.js")
        .hides("A project from the course");
    let learners = rows(&program, "learners");
    let refused = imports(&Reader::of(&program), b"GIF89a").await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(rows(&program, "learners"), learners, "nobody became one");
    for (archive, sentence) in [
        (&b"GIF89a"[..], "not a zip archive"),
        (b"", "choose a .zip file first"),
    ] {
        let refused = imports(&bob, archive).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        refused.shows(sentence);
    }
    let long = imports(&bob, &vec![0; 5 * 1024 * 1024]).await;
    assert_eq!(long.status, StatusCode::PAYLOAD_TOO_LARGE);
}

#[tokio::test]
async fn another_sites_page_changes_nothing_here() {
    let program = Program::site();
    let ada = Reader::of(&program);
    let project = begins(&ada, "empty").await;
    let snapshot = shares(&ada, &project).await;
    for path in [
        "/play/projects".to_owned(),
        "/play/import".to_owned(),
        format!("{project}/delete"),
        format!("{project}/share"),
        snapshot.clone(),
        format!("{snapshot}/copy"),
        format!("{snapshot}/take-back"),
        format!("{snapshot}/embed"),
    ] {
        let form = ada.form(&path, "beginning=empty");
        let answer = ada.sends(form.header("sec-fetch-site", "cross-site")).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{path}");
    }
    assert_eq!(ada.gets(&snapshot).await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_name_stays_a_name_in_pages_that_show_the_snapshot() {
    let program = Program::site();
    let ada = Reader::of(&program);
    let project = begins(&ada, "empty").await;
    let name = "name=%22%3E%3C%2Fiframe%3E%3Cscript+src%3D%2F%2Fx%3E";
    ada.posts(&format!("{project}/name"), name).await;
    let snapshot = shares(&ada, &project).await;
    let page = ada.gets(&snapshot).await;
    page.shows("title=&quot;&amp;quot;&amp;gt;&amp;lt;");
    page.shows("iframe&amp;gt;&amp;lt;script src=");
}

#[tokio::test]
async fn a_run_that_is_refused_in_a_frame_is_told_there() {
    let folder = tempfile::TempDir::new().expect("a temporary folder");
    let program = Program::site_again(folder, &["--report-to", "mailto:abuse@example.org"]);
    let ada = Reader::of(&program);
    let project = begins(&ada, "empty").await;
    let snapshot = shares(&ada, &project).await;
    let embed = format!("{snapshot}/embed");
    let visitor = Reader::of(&program).with_htmx();
    let page = Reader::of(&program).gets(&embed).await;
    page.shows("mailto:abuse@example.org");
    let id = snapshot.trim_start_matches("/play/");
    let (status, said) = asks(&program, &["block", &format!("http://h/play/{id}")]).await;
    assert_eq!(status, Some(0), "{said}");
    for who in [&visitor, &Reader::of(&program)] {
        let refused = who.posts(&embed, "").await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN);
        refused.shows("role=\"alert\"").shows("abuse@example.org");
        let policy = refused.header("content-security-policy");
        assert!(policy.contains("frame-ancestors *"), "{policy}");
    }
    visitor
        .posts(&embed, "")
        .await
        .shows("<section id=\"stage\"");
}

#[tokio::test]
async fn what_is_shared_no_longer_runs_for_nobody() {
    let program = Program::site();
    let visitor = Reader::of(&program);
    for end in ["take-back", "delete", "forget"] {
        let ada = Reader::of(&program);
        let project = begins(&ada, "empty").await;
        let snapshot = shares(&ada, &project).await;
        let sandbox = sandbox_of(&program, &visitor.posts(&snapshot, "").await);
        assert_eq!(sandbox.get("/").await.status(), StatusCode::OK);
        let ended = match end {
            "take-back" => ada.posts(&format!("{snapshot}/take-back"), "").await,
            "delete" => ada.posts(&format!("{project}/delete"), "").await,
            _ => ada.posts("/me/delete", "sure=yes").await,
        };
        assert!(!ended.status.is_client_error(), "{end}: {}", ended.body);
        let gone = sandbox.get("/").await.status();
        assert_eq!(gone, StatusCode::NOT_FOUND, "{end}");
    }
}

#[tokio::test]
async fn what_is_blocked_can_still_be_taken_back() {
    let program = Program::site();
    let (ada, bob) = (Reader::of(&program), Reader::of(&program));
    let project = begins(&ada, "empty").await;
    begins(&bob, "empty").await;
    let snapshot = shares(&ada, &project).await;
    let address = format!("http://hxlab.localhost{snapshot}");
    asks(&program, &["block", &address]).await;
    let take_back = format!("{snapshot}/take-back");
    let refused = bob.posts(&take_back, "").await;
    assert_eq!(refused.status, StatusCode::NOT_FOUND);
    let taken = ada.posts(&take_back, "").await;
    assert_eq!(taken.status, StatusCode::SEE_OTHER);
    assert_eq!(taken.header("location"), project);
    asks(
        &program,
        &["unblock", snapshot.trim_start_matches("/play/")],
    )
    .await;
    assert_eq!(ada.gets(&snapshot).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn run_again_runs_where_it_ran_before_and_in_nobody_elses_sandbox() {
    let program = Program::site();
    let ada = Reader::of(&program);
    let mut snapshots = Vec::new();
    for beginning in ["empty", "form"] {
        let project = begins(&ada, beginning).await;
        snapshots.push(shares(&ada, &project).await);
    }
    let visitor = Reader::of(&program);
    let ran = runs_at(&visitor.posts(&snapshots[0], "").await);
    let host = ran.trim_start_matches("http://");
    let id = host.split('.').next().expect("a label");
    let before = format!("before={id}");
    let again = visitor.posts(&snapshots[0], &before).await;
    again.shows("Run again");
    assert_eq!(runs_at(&again), ran);
    let other = visitor.posts(&snapshots[1], &before).await;
    assert_ne!(runs_at(&other), ran, "another snapshot");
}

#[tokio::test]
async fn the_versions_of_a_project_are_its_learners_alone_and_go_with_it() {
    let program = Program::site();
    let (ada, bob) = (Reader::of(&program), Reader::of(&program));
    let project = begins(&ada, "empty").await;
    begins(&bob, "empty").await;
    let asked = async |who: &Reader, (method, path): (Method, &str), body: &'static str| {
        let request = who
            .asks(method, &format!("{project}/{path}"))
            .header("sec-fetch-site", "same-origin")
            .body(body);
        who.sends(request).await.status
    };
    let naming = r#"{"name":"First"}"#;
    let routes = [
        ((Method::GET, "versions"), ""),
        ((Method::GET, "versions/1"), ""),
        ((Method::POST, "versions/1/name"), naming),
        ((Method::GET, "good-run"), ""),
        ((Method::POST, "send"), "{}"),
    ];
    for (route, body) in &routes[..3] {
        let status = asked(&ada, route.clone(), body).await;
        assert_eq!(status, StatusCode::OK, "{route:?}");
    }
    for (route, body) in &routes {
        let status = asked(&bob, route.clone(), body).await;
        assert_eq!(status, StatusCode::NOT_FOUND, "another's: {route:?}");
    }
    ada.posts(&format!("{project}/delete"), "").await;
    for (route, body) in &routes {
        let status = asked(&ada, route.clone(), body).await;
        assert_eq!(status, StatusCode::NOT_FOUND, "deleted: {route:?}");
    }
}

#[tokio::test]
async fn a_cookie_that_a_snapshots_page_puts_beside_the_visitors_is_noticed() {
    let program = Program::site();
    let (mallory, visitor) = (Reader::of(&program), Reader::of(&program));
    let begun = mallory.posts("/play/projects", "beginning=empty").await;
    let theirs = begun.header("set-cookie").split(';').next();
    let theirs = theirs.expect("a cookie").to_owned();
    let snapshot = shares(&mallory, begun.header("location")).await;
    let ran = visitor.posts(&snapshot, "").await;
    let own = ran.header("set-cookie").split(';').next();
    let both = format!("{theirs}; {}", own.expect("a cookie"));
    let copy = Reader::of(&program).form(&format!("{snapshot}/copy"), "");
    let copy = copy.header("sec-fetch-site", "same-origin");
    let refused = visitor.sends(copy.header("cookie", both)).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    refused.shows("Two people");
}

#[tokio::test]
async fn whose_browser_keeps_no_cookies_is_told_and_nothing_is_made() {
    let program = Program::site();
    let ada = Reader::of(&program);
    let page = ada.gets("/play").await.body;
    let form = page
        .split('"')
        .find(|it| it.starts_with("/play/projects?learner="));
    let form = form.expect("a form that says whose it is");
    let begun = ada.posts(form, "beginning=empty").await;
    assert_eq!(begun.status, StatusCode::SEE_OTHER, "{}", begun.body);
    let learners = rows(&program, "learners");
    // Its browser has thrown away the cookie that the page came with.
    let blocked = Reader::of(&program);
    for _ in 0..3 {
        let refused = blocked.posts(form, "beginning=empty").await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN);
        refused.shows("Your browser keeps no cookies of this site");
        refused.shows("Allow cookies for this site");
    }
    assert_eq!(rows(&program, "learners"), learners);
}

#[tokio::test]
async fn a_blocked_snapshot_is_marked_in_its_project() {
    let program = Program::site();
    let ada = Reader::of(&program);
    let project = begins(&ada, "empty").await;
    let snapshot = shares(&ada, &project).await;
    let words = "Whoever runs this site has blocked this link";
    ada.gets(&project).await.hides(words);
    asks(&program, &["block", &format!("http://h{snapshot}")]).await;
    ada.gets(&project).await.shows(words).shows(&snapshot);
}
