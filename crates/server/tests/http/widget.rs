//! Cards in a frame of another site: without a cookie, with the frame's own, with the site's.

use actix_web::http::StatusCode;
use actix_web::test::TestRequest;
use async_trait::async_trait;
use gd_domain::{ConsultationDraft, Language, Scope, StaffAction};
use gd_engine::VOTE_KEY_LIFE_MS;
use gd_engine::ports::{LimitedRequest, RateLimits};
use gd_testkit::permit;
use serde_json::json;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use crate::support::{Browser, Response, Site, TOWN, live};

const WIDGET: &str = "/c/framed/widget";

/// A consultation with a widget for two sites.
fn framed() -> ConsultationDraft {
    let mut draft = live("framed");
    draft.presentation.widget_origins =
        ["https://journal.example", "https://*.gazette.example"].map(|origin| origin.parse().unwrap()).into();
    draft
}

async fn site() -> Site {
    let site = Site::open().await;
    site.create(&framed()).await;
    site.publish("framed", &["Des bancs à l’ombre", "Un marché le soir", "Une fontaine"]).await;
    site
}

/// Sends a form of the frame with the fields that every form has.
async fn send(browser: &Browser, page: &Response, fields: &[(&str, &str)]) -> Response {
    let (token, n, lang) = (page.field("token"), page.field("n"), page.field("lang"));
    let mut all = vec![("token", &*token), ("n", &*n), ("lang", &*lang)];
    all.extend(fields);
    let response = browser.post_form(WIDGET, &all).await;
    assert_eq!(response.status, StatusCode::OK, "{}", response.text());
    response
}

/// Votes on the card that is shown.
async fn vote(browser: &Browser, page: &Response, choice: &str) -> Response {
    let (proposal, key) = (page.field("proposal"), page.field("key"));
    send(browser, page, &[("proposal", &proposal), ("key", &key), ("choice", choice)]).await
}

/// The standing ballots by channel.
async fn channels(site: &Site) -> Vec<(u32, &'static str)> {
    let id = site.id("framed");
    let permit = permit(&site.engine, StaffAction::ReadBallots, Scope::Consultation(id));
    let votes = site.engine.results().votes_on_record(&permit, id, &mut |_, _| ()).await.unwrap();
    votes.ballots.values().map(|ballot| (ballot.proposal.0, ballot.channel.as_str())).collect()
}

fn ancestors(response: &Response) -> String {
    response.header("content-security-policy").split_once("frame-ancestors ").unwrap().1.to_owned()
}

#[actix_web::test]
async fn a_browser_that_keeps_no_cookie_votes_changes_and_retracts_by_the_frames_token() {
    let site = site().await;
    // Each request comes from a browser without cookies.
    let forgetful = || site.browser();
    let card = forgetful().get(WIDGET).await;
    assert_eq!(card.status, StatusCode::OK);
    assert_eq!(card.header("set-cookie"), "", "nothing is kept of those who only read");
    let first = card.field("proposal");

    let answered = vote(&forgetful(), &card, "agree").await;
    let number = first.parse().unwrap();
    assert_eq!(channels(&site).await, [(number, "widget")]);
    assert!(answered.text().contains("aria-pressed=\"true\""));
    assert!(answered.text().contains(" data-known"));

    let fields = [("proposal", &*first), ("key", &*answered.field("key")), ("choice", "disagree")];
    let changed = send(&forgetful(), &answered, &fields).await;
    assert_eq!(channels(&site).await.len(), 1, "one participant, one ballot");

    let next = send(&forgetful(), &changed, &[("act", "next")]).await;
    assert_ne!(next.field("proposal"), first, "a voted card is not drawn again");
    vote(&forgetful(), &next, "neutral").await;
    assert_eq!(channels(&site).await.len(), 2);

    let undone = send(&forgetful(), &changed, &[("act", "retract"), ("proposal", &first)]).await;
    assert_eq!(undone.field("proposal"), first, "the card is there again");
    assert_eq!(channels(&site).await.len(), 1);
    vote(&forgetful(), &undone, "agree").await;
    assert!(channels(&site).await.contains(&(number, "widget")));
}

#[actix_web::test]
async fn the_frames_own_cookie_is_for_this_frame_in_this_page_and_comes_with_the_first_vote() {
    let site = site().await;
    let browser = site.browser();
    let card = browser.get(WIDGET).await;
    let answered = vote(&browser, &card, "agree").await;
    let cookie = answered.header("set-cookie");
    for part in ["gd_widget=", "Path=/c/framed/widget;", "HttpOnly", "Secure", "SameSite=None", "Partitioned"]
    {
        assert!(cookie.contains(part), "{part}: {cookie}");
    }
    let later = browser.get(WIDGET).await;
    assert_ne!(later.field("proposal"), card.field("proposal"), "the page loaded again is the same person");
    assert_eq!(later.header("set-cookie"), "");
    assert_eq!(browser.cookie("gd_participant"), None, "the site's own cookie is another");
}

#[actix_web::test]
async fn a_participant_of_the_site_is_the_same_in_a_frame_of_a_sister_site() {
    let site = site().await;
    let browser = site.browser();
    browser.get("/c/framed/vote").await;
    let card = browser.get(WIDGET).await;
    let answered = vote(&browser, &card, "agree").await;
    assert_eq!(answered.header("set-cookie"), "");
    let mine = browser.get("/api/v1/consultations/framed/ballots").await.json();
    assert_eq!(mine["ballots"][0]["proposal"], json!(card.field("proposal").parse::<u32>().unwrap()));
}

#[actix_web::test]
async fn a_widget_cannot_be_aimed_at_a_proposal() {
    let site = site().await;
    let browser = site.browser();
    let card = browser.get(WIDGET).await;
    let shown = card.field("proposal");
    let other = if shown == "1" { "2" } else { "1" };
    let fields = [("proposal", other), ("key", &*card.field("key")), ("choice", "agree")];
    let refused = send(&browser, &card, &fields).await;
    assert!(refused.text().contains("role=\"status\""));
    send(&browser, &card, &[("act", "retract"), ("proposal", other)]).await;
    let forged = [
        ("token", "AAAA.AAAA"),
        ("n", "1"),
        ("proposal", &*shown),
        ("key", &*card.field("key")),
        ("choice", "agree"),
    ];
    assert_eq!(site.browser().post_form(WIDGET, &forged).await.status, StatusCode::OK);
    assert_eq!(channels(&site).await, []);
}

#[actix_web::test]
async fn an_expired_card_is_shown_again() {
    let site = site().await;
    let browser = site.browser();
    let card = browser.get(WIDGET).await;
    site.clock.advance_ms(VOTE_KEY_LIFE_MS);
    let again = vote(&browser, &card, "agree").await;
    assert_eq!(again.field("proposal"), card.field("proposal"));
    assert_ne!(again.field("key"), card.field("key"));
    vote(&browser, &again, "agree").await;
    assert_eq!(channels(&site).await.len(), 1);
}

#[actix_web::test]
async fn only_the_sites_on_the_list_may_frame_the_widget_and_nobody_another_page() {
    let site = site().await;
    let browser = site.browser();
    let widget = browser.get(WIDGET).await;
    assert_eq!(ancestors(&widget), "https://journal.example https://*.gazette.example");
    assert!(widget.header("content-security-policy").starts_with("default-src 'none'; script-src 'self'"));
    assert!(widget.header("cache-control").contains("no-store"));
    for path in [
        "/",
        "/c/framed",
        "/c/framed/vote",
        "/c/framed/widget/continue",
        "/c/town/widget",
        "/c/nowhere/widget",
    ] {
        assert_eq!(ancestors(&browser.get(path).await), "'none'", "{path}");
    }
    let calm = browser.get("/c/town/widget?lang=en").await;
    assert_eq!(calm.status, StatusCode::OK);
    assert!(calm.text().contains("takes place on its own site"));
    assert!(!calm.text().contains("name=\"choice\""));
    let events = site.events("town");
    browser.post_form("/c/town/widget", &[("proposal", "1"), ("key", ""), ("choice", "agree")]).await;
    assert_eq!(site.events("town"), events);
}

#[actix_web::test]
async fn the_frame_speaks_the_language_of_the_page_around_it() {
    let site = site().await;
    let browser = site.browser();
    let english = browser.get("/c/framed/widget?lang=en").await;
    assert!(english.text().contains("<html lang=\"en\">"));
    assert!(vote(&browser, &english, "agree").await.text().contains("<html lang=\"en\">"));
    let french = TestRequest::get().uri(WIDGET).insert_header(("accept-language", Language::Fr.as_str()));
    assert!(browser.send(french).await.text().contains("<html lang=\"fr\">"));
}

#[actix_web::test]
async fn what_was_said_in_the_frame_goes_along_to_the_site() {
    let site = site().await;
    let browser = site.browser();
    let card = browser.get(WIDGET).await;
    let token = card.field("token");
    let led = browser.post_form("/c/framed/widget/continue", &[("token", &token)]).await;
    assert_eq!(led.header("location"), "/c/framed", "nothing was said yet");

    let answered = vote(&browser, &card, "agree").await;
    // In a window of its own the frame's cookie is not sent.
    let window = site.browser();
    let token = answered.field("token");
    let led = window.post_form("/c/framed/widget/continue", &[("token", &token)]).await;
    assert_eq!(led.status, StatusCode::SEE_OTHER);
    let link = led.header("location").to_owned();
    assert!(link.starts_with("/c/framed/continue/"), "{link}");
    window.submit(&link, &[]).await;
    let mine = window.get("/api/v1/consultations/framed/ballots").await.json();
    assert_eq!(mine["ballots"].as_array().unwrap().len(), 1);
}

#[actix_web::test]
async fn after_a_dozen_and_out_of_season_the_frame_says_so() {
    let site = site().await;
    let browser = site.browser();
    let card = browser.get(WIDGET).await;
    let token = card.field("token");
    let past =
        browser.post_form(WIDGET, &[("token", &token), ("n", "13"), ("act", "next"), ("lang", "en")]).await;
    assert!(past.text().contains("end of this series"));
    site.close("framed").await;
    let closed = vote(&browser, &card, "agree").await;
    assert!(!closed.text().contains("name=\"choice\""));
    assert_eq!(channels(&site).await, []);
}

/// Admits so many new participants, and no more.
struct FewNewcomers(AtomicU32);

#[async_trait]
impl RateLimits for FewNewcomers {
    async fn take(&self, request: LimitedRequest, _: &str) -> Result<(), Duration> {
        if request != LimitedRequest::Participants {
            return Ok(());
        }
        let left = self.0.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(1));
        left.map(|_| ()).map_err(|_| Duration::from_secs(7))
    }
}

#[actix_web::test]
async fn newcomers_of_frames_and_of_the_site_share_one_budget() {
    let site = Site::open_with(FewNewcomers(AtomicU32::new(2)), |_| ()).await;
    site.create(&framed()).await;
    site.publish("framed", &["Des bancs à l’ombre", "Un marché le soir"]).await;
    let one = site.browser();
    for _ in 0..5 {
        one.get(WIDGET).await;
    }
    let card = one.get(WIDGET).await;
    let answered = vote(&one, &card, "agree").await;
    vote(&one, &answered, "disagree").await;
    assert_eq!(site.browser().get(&format!("{TOWN}/sequence")).await.status, StatusCode::OK);

    let late = site.browser().get(WIDGET).await;
    let (proposal, key, token) = (late.field("proposal"), late.field("key"), late.field("token"));
    let fields =
        [("proposal", &*proposal), ("key", &*key), ("token", &*token), ("choice", "agree"), ("n", "1")];
    let refused = site.browser().post_form(WIDGET, &fields).await;
    assert_eq!(refused.status, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(refused.header("retry-after"), "7");
    assert!(ancestors(&refused).contains("journal.example"), "the frame shows it, calmly");
    assert!(refused.text().contains(WIDGET), "and leads to a new start");
    assert_eq!(channels(&site).await.len(), 1);
}

#[actix_web::test]
async fn the_script_of_other_sites_has_an_address_that_stays() {
    let site = Site::open().await;
    let script = site.browser().get("/static/widget.js").await;
    assert_eq!(script.status, StatusCode::OK);
    assert!(script.body.len() <= 3 * 1024);
    assert_eq!(script.header("cache-control"), "public, max-age=3600");
    assert_eq!(script.header("cross-origin-resource-policy"), "cross-origin");
    assert_eq!(site.browser().get("/static/vote.js").await.status, StatusCode::NOT_FOUND);
}
