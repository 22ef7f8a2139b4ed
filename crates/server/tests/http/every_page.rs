//! Promises of every page: language, error pages, addresses, security headers, static files.

use actix_web::http::{Method, StatusCode};
use actix_web::test::TestRequest;

use crate::support::{Response, Site, by, consultation_in_english};

#[actix_web::test]
async fn the_language_is_the_readers_then_the_browsers_then_the_consultations() {
    let site = Site::open().await;
    site.create(&consultation_in_english("city")).await;
    let browser = site.browser();
    let language =
        |response: &Response| response.text().split("<html lang=\"").nth(1).unwrap()[..2].to_owned();
    assert_eq!(language(&browser.get("/c/town").await), "fr");
    assert_eq!(language(&browser.get("/c/city").await), "en");
    let in_english =
        || TestRequest::get().uri("/c/town").insert_header(("accept-language", "de, en-GB;q=0.8"));
    let page = browser.send(in_english()).await;
    assert_eq!(language(&page), "en");
    assert!(page.header("vary").to_lowercase().contains("accept-language"));

    let fields = [("language", "fr"), ("return_to", "/c/town?x=1")];
    let chosen = browser.post_form("/language", &fields).await;
    assert_eq!((chosen.status, chosen.header("location")), (StatusCode::SEE_OTHER, "/c/town?x=1"));
    assert_eq!(browser.cookie("gd_language").as_deref(), Some("fr"));
    assert_eq!(language(&browser.send(in_english()).await), "fr");
    for elsewhere in ["//evil.example", "https://evil.example", "/\\evil.example"] {
        let response = browser.post_form("/language", &[("language", "en"), ("return_to", elsewhere)]).await;
        assert_eq!(response.header("location"), "/");
    }
    let unknown = browser.post_form("/language", &[("language", "tlh")]).await;
    assert_eq!(unknown.status, StatusCode::BAD_REQUEST);
}

#[actix_web::test]
async fn problems_of_pages_are_pages_in_the_readers_language() {
    let site = Site::open().await;
    let browser = site.browser();
    let page = |path: &'static str| TestRequest::get().uri(path).insert_header(("accept-language", "en"));
    for path in ["/c/nowhere", "/c/nowhere/vote", "/nothing", "/c/town/nothing"] {
        let response = browser.send(page(path)).await;
        assert_eq!(response.status, StatusCode::NOT_FOUND, "{path}");
        assert!(response.text().contains("<html lang=\"en\""), "{path}");
        assert!(response.text().contains(response.header("x-request-id")), "it tells its request");
    }
    assert_eq!(browser.send(by(Method::PUT, "/c/town/vote")).await.status, StatusCode::METHOD_NOT_ALLOWED);
    browser.set_cookie("gd_participant", "forged");
    let refused = browser.get("/c/town/votes").await;
    assert_eq!(refused.status, StatusCode::UNAUTHORIZED);
    assert_eq!(browser.get("/c/town/votes").await.status, StatusCode::OK, "the next try is not locked out");
    let huge = "x".repeat(200 * 1024);
    assert_eq!(browser.post_form("/c/town/propose", &[("text", &huge)]).await.status.as_u16(), 413);
    let number = [("proposal", "one"), ("choice", "agree")];
    assert_eq!(browser.post_form("/c/town/vote", &number).await.status, StatusCode::BAD_REQUEST);
}

#[actix_web::test]
async fn a_slash_too_many_leads_to_the_page_meant() {
    let site = Site::open().await;
    let browser = site.browser();
    for (typed, meant) in [
        ("/c/town/", "/c/town"),
        ("/c/town/vote/?n=2", "/c/town/vote?n=2"),
        ("/c/town//?return=//evil.example", "/c/town?return=//evil.example"),
    ] {
        let led = browser.get(typed).await;
        assert_eq!((led.status, led.header("location")), (StatusCode::PERMANENT_REDIRECT, meant), "{typed}");
        assert_eq!(browser.get(meant).await.status, StatusCode::OK);
    }
    for path in ["//evil.example/", "//evil.example/%2F/", "//"] {
        let response = browser.get(path).await;
        assert_eq!((response.status, response.header("location")), (StatusCode::NOT_FOUND, ""), "{path}");
    }
    browser.get("/api/v1/consultations/").await.expect_problem(404, "not_found");
}

#[actix_web::test]
async fn forms_of_other_sites_are_refused() {
    let site = Site::open().await;
    let browser = site.browser();
    let send = |headers: &[(&'static str, &'static str)]| {
        let mut request =
            TestRequest::post().uri("/c/town/propose").insert_header(("host", "dialogue.example"));
        for header in headers {
            request = request.insert_header(*header);
        }
        browser.send(request.set_form([("text", "Par surprise")]))
    };
    for foreign in [
        [("sec-fetch-site", "cross-site"), ("origin", "https://dialogue.example")],
        [("sec-fetch-site", "same-site"), ("origin", "https://evil.example")],
        [("accept", "*/*"), ("origin", "null")],
        [("accept", "*/*"), ("origin", "https://dialogue.example:8443")],
    ] {
        assert_eq!(send(&foreign).await.status, StatusCode::FORBIDDEN, "{foreign:?}");
    }
    assert_eq!(site.items("town").await.proposals().count(), 0);
    for own in [
        [("sec-fetch-site", "same-origin"), ("origin", "https://name-before-the-proxy.example")],
        [("accept", "*/*"), ("origin", "https://dialogue.example")],
    ] {
        assert_eq!(send(&own).await.status, StatusCode::SEE_OTHER, "{own:?}");
    }
    assert_eq!(send(&[]).await.status, StatusCode::SEE_OTHER);
}

#[actix_web::test]
async fn pages_are_protected_and_hold_nothing_inline() {
    let site = Site::open().await;
    site.publish("town", &["Un"]).await;
    let browser = site.browser();
    for path in
        ["/", "/c/town", "/c/town/vote", "/c/town/propose", "/c/town/votes", "/c/town/results", "/c/nowhere"]
    {
        let page = browser.get(path).await;
        let policy = page.header("content-security-policy");
        for part in [
            "default-src 'none'",
            "script-src 'self'",
            "frame-ancestors 'none'",
            "form-action 'self'",
            "base-uri 'none'",
        ] {
            assert!(policy.contains(part), "{path}: {policy}");
        }
        assert!(!policy.contains("unsafe"));
        assert_eq!(page.header("x-content-type-options"), "nosniff");
        assert_eq!(page.header("referrer-policy"), "same-origin");
        for inline in [" style=\"", "<style", "<script>", " onclick="] {
            assert!(!page.text().contains(inline), "{path} holds {inline}");
        }
    }
}

#[actix_web::test]
async fn static_files_are_kept_for_ever_and_compressed() {
    let site = Site::open().await;
    let browser = site.browser();
    for url in gd_pages::assets::urls() {
        let file = browser.get(url).await;
        assert_eq!(file.status, StatusCode::OK, "{url}");
        assert!(file.header("cache-control").contains("immutable"));
        let request = TestRequest::get().uri(url).insert_header(("accept-encoding", "gzip"));
        let compressed = browser.send(request).await.header("content-encoding") == "gzip";
        let gets_shorter = !file.header("content-type").starts_with("image/png") && file.body.len() >= 1_024;
        assert_eq!(compressed, gets_shorter, "{url}: what fits into one packet stays as it is");
    }
    assert_eq!(browser.get("/static/app.000000000000.css").await.status, StatusCode::NOT_FOUND);
    assert_eq!(browser.get("/static/../Cargo.toml").await.status, StatusCode::NOT_FOUND);
}
