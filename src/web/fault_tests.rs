use std::sync::Arc;

use http::HeaderMap;
use http::header::HeaderName;
use poem::{Endpoint, EndpointExt, Request, Route, endpoint, get};

use super::respond::AnswerForm;
use super::*;

fn form(headers: &[(&'static str, &str)]) -> AnswerForm {
    let name = HeaderName::from_static;
    let value = |value: &str| value.parse().expect("a header's value");
    let headers: HeaderMap = headers.iter().map(|(n, v)| (name(n), value(v))).collect();
    AnswerForm::of(&headers)
}

#[test]
fn each_asker_gets_the_form_that_they_understand() {
    let browser = ("accept", "text/html,application/xhtml+xml,*/*;q=0.8");
    assert_eq!(form(&[browser]), AnswerForm::Page);
    assert_eq!(form(&[]), AnswerForm::Page);
    assert_eq!(form(&[("accept", "*/*")]), AnswerForm::Page);
    assert_eq!(form(&[("accept", "application/json")]), AnswerForm::Json);
    assert_eq!(form(&[("accept", "text/event-stream")]), AnswerForm::Json);
    let sends_json = ("content-type", "application/json");
    assert_eq!(form(&[("accept", "*/*"), sends_json]), AnswerForm::Json);
    let htmx = ("hx-request", "true");
    assert_eq!(form(&[("accept", "*/*"), htmx]), AnswerForm::Fragment);
    assert_eq!(form(&[htmx, ("hx-boosted", "true")]), AnswerForm::Page);
    assert_eq!(
        form(&[htmx, ("hx-history-restore-request", "true")]),
        AnswerForm::Page
    );
}

async fn answer(request: Request) -> (u16, String) {
    let refused = endpoint::make(|_| async {
        let fault = Fault::Unprocessable("“<b>.js” is no file name.".to_owned());
        Err::<(), _>(poem::Error::from(fault))
    });
    let panics = endpoint::make_sync(|_| -> () { panic!("as a test") });
    let routes = Route::new()
        .at("/refused", get(refused))
        .at("/panics", get(panics));
    let faults = FaultAnswers::around(routes.map_to_response(), Arc::new(|_, _| None));
    let response = faults.get_response(request).await;
    let status = response.status().as_u16();
    let body = response.into_body().into_string().await.expect("a text");
    (status, body)
}

#[tokio::test]
async fn a_fault_is_a_page_a_fragment_or_json() {
    let ask = || Request::builder().uri_str("/refused");
    let (status, page) = answer(ask().finish()).await;
    assert_eq!(status, 422);
    insta::assert_snapshot!(page, @r#"<!doctype html><html lang="en"><meta charset="utf-8"><title>422 · This cannot be taken</title><h1>This cannot be taken</h1><p>“&lt;b&gt;.js” is no file name.</p></html>"#);
    let (_, fragment) = answer(ask().header("hx-request", "true").finish()).await;
    insta::assert_snapshot!(fragment, @r#"<p class="fault" role="alert">This cannot be taken: “&lt;b&gt;.js” is no file name.</p>"#);
    let (_, json) = answer(ask().header("accept", "application/json").finish()).await;
    insta::assert_snapshot!(json, @r#"{"error":"“<b>.js” is no file name."}"#);
}

#[tokio::test]
async fn what_poem_refuses_is_a_fault_too() {
    let ask = |path| Request::builder().uri_str(path);
    assert_eq!(answer(ask("/nowhere").finish()).await.0, 404);
    assert_eq!(
        answer(ask("/refused").method(http::Method::POST).finish())
            .await
            .0,
        405
    );
    assert_eq!(answer(ask("/panics").finish()).await.0, 500);
}

#[test]
fn a_limit_is_told_in_units() {
    let sentence = |limit| Fault::TooLarge { limit }.sentence();
    assert_eq!(
        sentence(500),
        "At most 500 bytes can be sent here: make it smaller."
    );
    assert_eq!(
        sentence(64 * 1024),
        "At most 64 KiB can be sent here: make it smaller."
    );
    assert_eq!(
        sentence(2 * 1024 * 1024),
        "At most 2 MiB can be sent here: make it smaller."
    );
}
