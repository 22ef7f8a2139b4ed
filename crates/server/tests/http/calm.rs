//! Error pages explain the problem in the reader's language and what to do; pages that are the same for all are
//! cacheable.

use actix_web::http::StatusCode;
use actix_web::test::TestRequest;

use crate::support::Site;

#[actix_web::test]
async fn without_records_pages_ask_for_patience_in_both_languages() {
    let site = Site::open().await;
    site.publish("town", &["Un"]).await;
    let browser = site.browser();
    let key = browser.keys("town").await[&1].clone();
    browser.cast("town", &serde_json::json!([crate::support::ballot(1, "agree", &key)])).await;
    site.settle().await;
    site.store.close().await;
    for (language, title) in
        [("fr", "Le service reprend son souffle"), ("en", "The service is catching its breath")]
    {
        let ask = TestRequest::get().uri("/c/town/votes").insert_header(("accept-language", language));
        let away = browser.send(ask).await;
        assert_eq!(away.status, StatusCode::SERVICE_UNAVAILABLE, "{}", away.text());
        assert_eq!((away.header("retry-after"), away.header("cache-control")), ("1", "no-store"));
        assert!(away.text().contains(title) && away.text().contains("href=\"/c/town/votes\""));
    }
    let fields = [("proposal", "1"), ("key", &*key), ("choice", "agree"), ("n", "1")];
    let vote = browser.post_form("/c/town/vote", &fields).await;
    assert_eq!((vote.status, vote.header("retry-after")), (StatusCode::SERVICE_UNAVAILABLE, "1"));
    assert_eq!(browser.get("/c/town").await.status, StatusCode::OK, "what is in memory is still shown");
    assert_eq!(browser.get("/c/town/proposals").await.status, StatusCode::OK);
}

#[actix_web::test]
async fn unknown_addresses_and_closed_phases_are_told_calmly() {
    let site = Site::open().await;
    let browser = site.browser();
    for path in
        ["/nowhere", "/c/nowhere", "/c/town/nowhere", "/c/town/results/report.pdf", "/c/town/proposals/9"]
    {
        let missing = browser.get(path).await;
        assert_eq!(missing.status, StatusCode::NOT_FOUND, "{path}");
        assert!(missing.header("content-type").starts_with("text/html"), "{path}");
        assert!(missing.text().contains("class=\"panel ending\""), "{path}");
    }
}

#[actix_web::test]
async fn links_to_be_taken_elsewhere_are_whole() {
    let site = Site::open().await;
    site.publish("town", &["Un"]).await;
    let browser = site.browser();
    let key = browser.keys("town").await[&1].clone();
    browser.cast("town", &serde_json::json!([crate::support::ballot(1, "agree", &key)])).await;
    let offer =
        |host: &'static str| TestRequest::post().uri("/c/town/votes/link").insert_header(("host", host));
    let offered = browser.send(offer("consultation.example:8080")).await.text();
    assert!(offered.contains(">http://consultation.example:8080/c/town/continue/"), "{offered}");
    let hostile = browser.send(offer("a.example/\"><script>")).await.text();
    assert!(hostile.contains(">/c/town/continue/") && !hostile.contains("<script>"));
    let seen_by_all = TestRequest::get().uri("/c/town").insert_header(("host", "consultation.example"));
    let landing = browser.send(seen_by_all).await.text();
    assert!(!landing.contains("consultation.example"), "a page that is kept for others believes no host");

    let said = Site::open_with(gd_counters::NoRateLimits, |settings| {
        settings.public_url = Some("https://dialogue.example".into());
    });
    let said = said.await;
    let receipt = said.browser().submit("/c/town/propose", &[("text", "Des bancs")]).await.text();
    assert!(receipt.contains(">https://dialogue.example/c/town/receipts/"), "{receipt}");
}

#[actix_web::test]
async fn pages_that_all_see_alike_are_kept_and_not_sent_twice() {
    let site = Site::open().await;
    site.publish("town", &["Un", "Deux"]).await;
    let report = r#"{"consultation":"town","method":"polis","seed":0,
        "input":{"ballots":0,"participants":0,"proposals":0},"proposals":[],"limits":[]}"#;
    site.publish_report("town", 0, report).await;
    let browser = site.browser();
    for path in [
        "/",
        "/c/town",
        "/c/town/proposals",
        "/c/town/proposals?q=deux",
        "/c/town/results",
        "/c/town/results/report.json",
        "/c/town/privacy",
        "/c/town/accessibility",
        "/c/town/legal",
    ] {
        let first = browser.get(path).await;
        assert_eq!(first.status, StatusCode::OK, "{path}");
        assert!(first.header("cache-control").starts_with("public, max-age="), "{path}");
        let tag = first.header("etag").to_owned();
        assert!(!tag.is_empty(), "{path}");
        let held = TestRequest::get().uri(path).insert_header(("if-none-match", tag));
        assert_eq!(browser.send(held).await.status, StatusCode::NOT_MODIFIED, "{path}");
    }
    for path in
        ["/c/town/vote", "/c/town/propose", "/c/town/votes", "/c/town/votes/data", "/c/town/proposals/1"]
    {
        let personal = browser.get(path).await;
        assert!(personal.header("cache-control").ends_with("no-store"), "{path}");
    }
}
