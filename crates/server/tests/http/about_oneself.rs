//! The organizers' questions about participants, and where participants stand.

use actix_web::http::StatusCode;
use gd_domain::ConsultationDraft;
use gd_testkit::question;
use serde_json::{Value, json};

use crate::support::{Browser, Site, live};

const ANSWERS: &str = "/api/v1/consultations/asking/answers";

fn asking() -> ConsultationDraft {
    let questions = vec![question("age", &["young", "old"]), question("area", &["town", "land"])];
    ConsultationDraft { questions, ..live("asking") }
}

async fn site() -> Site {
    let site = Site::open().await;
    site.create(&asking()).await;
    site.publish("asking", &["Des bancs à l’ombre", "Un marché le soir"]).await;
    site
}

/// The participant's answers on record.
async fn kept(browser: &Browser) -> Value {
    browser.get("/c/asking/votes/data").await.json()["answers"].take()
}

#[actix_web::test]
async fn questions_are_asked_once_and_the_last_answers_stand() {
    let site = site().await;
    let anna = site.browser();
    assert!(anna.get("/c/asking/vote?n=10").await.text().contains("name=\"answer-age\""));
    let fields = [("answer-age", "old"), ("answer-area", ""), ("return_to", "/c/asking/vote?n=10&on=1")];
    let led = anna.submit("/c/asking/answers", &fields).await;
    assert!(led.text().contains("name=\"choice\""), "on to the next card");
    assert_eq!(kept(&anna).await, json!({ "age": "old" }));
    assert!(!anna.get("/c/asking/vote?n=10").await.text().contains("name=\"answer-age\""));

    let votes = anna.get("/c/asking/votes").await.text();
    assert!(votes.contains("value=\"old\" checked"), "they can be changed where one's votes are");
    anna.submit("/c/asking/answers", &[("answer-age", "young"), ("answer-area", "land")]).await;
    assert_eq!(kept(&anna).await, json!({ "age": "young", "area": "land" }));
}

#[actix_web::test]
async fn who_prefers_not_to_say_is_not_asked_again() {
    let site = site().await;
    let anna = site.browser();
    anna.submit("/c/asking/answers", &[("answer-age", ""), ("answer-area", "")]).await;
    assert_eq!(kept(&anna).await, json!({}));
    assert!(!anna.get("/c/asking/vote?n=10").await.text().contains("name=\"answer-age\""));
    assert!(site.browser().get("/c/asking/vote?n=10").await.text().contains("name=\"answer-age\""));
}

#[actix_web::test]
async fn a_program_answers_by_the_api() {
    let site = site().await;
    let browser = site.browser();
    let asked = browser.get("/api/v1/consultations/asking").await.json()["questions"].take();
    assert_eq!(asked[1]["choices"][1], json!({ "id": "land", "title": "LAND" }));
    let body = json!({ "answers": { "age": "old", "area": null } });
    let response = browser.put_json(ANSWERS, &body).await;
    assert_eq!((response.status, response.json()), (StatusCode::OK, body));
    assert!(browser.cookie("gd_participant").is_some());
    assert_eq!(kept(&browser).await, json!({ "age": "old" }));

    for unknown in [json!({ "age": "ancient" }), json!({ "shoe": "old" }), json!({ "Shoe Size": "1" })] {
        let refused = browser.put_json(ANSWERS, &json!({ "answers": unknown })).await;
        refused.expect_problem(422, "answer_unknown");
    }
    browser.put_json(ANSWERS, &json!({})).await.expect_problem(400, "malformed");
    let elsewhere = "/api/v1/consultations/nowhere/answers";
    browser
        .put_json(elsewhere, &json!({ "answers": {} }))
        .await
        .expect_problem(404, "consultation_not_found");
    assert_eq!(kept(&browser).await, json!({ "age": "old" }), "what was refused changed nothing");
    site.close("asking").await;
    browser.put_json(ANSWERS, &json!({ "answers": {} })).await.expect_problem(409, "phase_closed");
}

#[actix_web::test]
async fn answers_are_erased_with_the_participant_in_every_phase() {
    let site = site().await;
    let (anna, bruno) = (site.browser(), site.browser());
    for browser in [&anna, &bruno] {
        browser.put_json(ANSWERS, &json!({ "answers": { "age": "old" } })).await;
    }
    site.close("asking").await;
    let cookie = anna.cookie("gd_participant").unwrap();
    anna.submit("/c/asking/votes/erase", &[]).await;
    anna.set_cookie("gd_participant", &cookie);
    assert_eq!(kept(&anna).await, json!({}), "not even whoever kept the cookie finds them");
    assert_eq!(kept(&bruno).await, json!({ "age": "old" }));
}

#[actix_web::test]
async fn a_consultation_without_questions_asks_none() {
    let site = Site::open().await;
    site.publish("town", &["Des bancs à l’ombre"]).await;
    assert!(site.browser().get("/c/town/vote?n=10").await.text().contains("name=\"choice\""));
    let (browser, body) = (site.browser(), json!({ "answers": { "age": "old" } }));
    let refused = browser.put_json("/api/v1/consultations/town/answers", &body).await;
    refused.expect_problem(422, "answer_unknown");
}

/// A report on two proposals: everybody agrees with the first and disagrees with the second.
const REPORT: &str = r#"{"method":"calibrated","input":{"ballots":20,"participants":10,"proposals":2},
    "grouping":{"given":false,"votes_min":2,"participants":10},
    "proposals":[{"number":1,"text":"Des bancs","counts":{"agree":9,"disagree":1,"neutral":0}},
                 {"number":2,"text":"Un marché","counts":{"agree":2,"disagree":8,"neutral":0}}]}"#;

#[actix_web::test]
async fn participants_see_where_they_stand_beside_the_report_the_public_sees() {
    let site = site().await;
    let anna = site.browser();
    let stand = async || anna.get("/c/asking/stand").await;
    assert!(stand().await.text().contains("patience"), "there is no report yet");

    site.publish_report("asking", 0, REPORT).await;
    site.clock.advance_ms(1_000);
    let keys = anna.keys("asking").await;
    anna.cast("asking", &json!([{ "proposal": 1, "choice": "agree", "key": keys[&1] }])).await;
    assert!(stand().await.text().contains("Encore 1"));
    anna.cast("asking", &json!([{ "proposal": 2, "choice": "agree", "key": keys[&2] }])).await;
    let page = stand().await;
    assert_eq!(page.header("cache-control"), "private, no-store");
    assert!(page.text().contains("sur 1 des 2 propositions"), "{}", page.text());
    assert!(page.text().contains("50\u{a0}%"));
    let events = site.events("asking");
    stand().await;
    assert_eq!(site.events("asking"), events, "nothing is kept of it");
    assert!(anna.get("/c/asking/votes").await.text().contains("/c/asking/stand"));
}
