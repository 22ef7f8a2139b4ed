//! Whole visits to the pages, by plain forms, without a script.

use actix_web::http::StatusCode;
use gd_domain::RefusalReason;
use gd_engine::{Decision, VOTE_KEY_LIFE_MS};
use serde_json::{Value, json};

use crate::support::{Browser, Response, Site, TOWN};

/// The participant's ballots as the API lists them, without the keys.
async fn standing(browser: &Browser) -> Value {
    let mut mine = browser.get(&format!("{TOWN}/ballots")).await.json()["ballots"].take();
    for ballot in mine.as_array_mut().unwrap() {
        ballot.as_object_mut().unwrap().remove("key");
    }
    mine
}

/// Votes on the card that a page shows.
async fn vote(browser: &Browser, page: &Response, choice: &str) -> Response {
    let (proposal, key, n) = (page.field("proposal"), page.field("key"), page.field("n"));
    let fields = [("proposal", &*proposal), ("key", &*key), ("choice", choice), ("n", &*n)];
    browser.submit("/c/town/vote", &fields).await
}

#[actix_web::test]
async fn two_participants_vote_change_qualify_retract_and_propose() {
    let site = Site::open().await;
    site.publish("town", &["Des bancs à l’ombre", "Un marché le soir"]).await;
    let (anna, bruno) = (site.browser(), site.browser());

    let landing = anna.get("/c/town").await;
    assert_eq!(landing.status, StatusCode::OK);
    assert!(landing.text().contains("Comment mieux vivre ensemble ?"));
    assert_eq!(anna.cookie("gd_participant"), None, "reading needs no cookie");

    let card = anna.get("/c/town/vote").await;
    assert_eq!(card.header("cache-control"), "private, no-store");
    let number = card.field("proposal").parse::<u32>().unwrap();
    let answered = vote(&anna, &card, "agree").await;
    assert_eq!(
        standing(&anna).await,
        json!([{ "proposal": number, "choice": "agree", "qualifications": [] }])
    );

    // The page now offers the qualifications of the choice.
    let (proposal, key) = (answered.field("proposal"), answered.field("key"));
    let fields = [
        ("proposal", &*proposal),
        ("key", &*key),
        ("choice", "agree"),
        ("n", "2"),
        ("qualification", "like_it"),
        ("qualification", "doable"),
    ];
    anna.submit("/c/town/vote/qualify", &fields).await;
    let qualified =
        json!([{ "proposal": number, "choice": "agree", "qualifications": ["like_it", "doable"] }]);
    assert_eq!(standing(&anna).await, qualified);

    // Bruno votes on both and reads that there is nothing left.
    let page = bruno.get("/c/town/vote").await;
    let page = vote(&bruno, &page, "disagree").await;
    assert!(page.text().contains("/c/town/vote?n=2"), "the next card is a link away");
    let page = bruno.get("/c/town/vote?n=2").await;
    vote(&bruno, &page, "neutral").await;
    let done = bruno.get("/c/town/vote?n=3").await;
    assert!(!done.text().contains("name=\"key\""), "no card is left");
    assert_eq!(standing(&bruno).await.as_array().unwrap().len(), 2);

    // Anna changes her ballot on "my votes", then retracts it.
    let mine = anna.get("/c/town/votes").await;
    let (proposal, key) = (mine.field("proposal"), mine.field("key"));
    let fields = [("proposal", &*proposal), ("key", &*key), ("choice", "disagree")];
    let changed = anna.post_form("/c/town/votes", &fields).await;
    assert_eq!(changed.header("location"), format!("/c/town/votes#vote-{number}"));
    assert_eq!(
        standing(&anna).await,
        json!([{ "proposal": number, "choice": "disagree", "qualifications": [] }])
    );
    let empty = anna.submit("/c/town/votes/retract", &[("proposal", &*proposal)]).await;
    assert!(!empty.text().contains("name=\"key\""));
    assert_eq!(standing(&anna).await, json!([]));
    assert_eq!(standing(&bruno).await.as_array().unwrap().len(), 2, "Bruno's votes are his own");

    // She proposes; only she is thanked.
    let text = "Un verger <ouvert> à tous";
    let sent = anna.post_form("/c/town/propose", &[("text", text)]).await;
    let thanks = sent.header("location");
    assert_eq!(thanks, "/c/town/propose?sent=3");
    assert!(anna.get(thanks).await.text().contains("Un verger &#60;ouvert&#62; à tous"));
    assert!(!bruno.get(thanks).await.text().contains("verger"), "it is not published yet");
}

#[actix_web::test]
async fn a_nuance_keeps_the_ballot_in_its_sequence() {
    let site = Site::open().await;
    site.publish("town", &["Un"]).await;
    let browser = site.browser();
    let card = browser.get("/c/town/vote").await;
    let answered = vote(&browser, &card, "agree").await;
    let (proposal, key) = (answered.field("proposal"), answered.field("key"));
    let fields = [("proposal", &*proposal), ("key", &*key), ("choice", "agree"), ("qualification", "doable")];
    browser.submit("/c/town/vote/qualify", &fields).await;
    site.settle().await;
    let (_, totals) = site.engine.results().tallies("town", site.engine.now()).await.unwrap();
    let tally = totals.counts.proposals.values().next().unwrap();
    assert_eq!(tally.by_channel[gd_domain::Channel::Sequence.index()], [1, 0, 0, 0, 0]);
}

#[actix_web::test]
async fn a_vote_taken_back_shows_its_card_again() {
    let site = Site::open().await;
    site.publish("town", &["Un", "Deux", "Trois", "Quatre"]).await;
    let browser = site.browser();
    let card = browser.get("/c/town/vote").await;
    let number = card.field("proposal");
    vote(&browser, &card, "agree").await;
    let again = browser.submit("/c/town/vote/retract", &[("proposal", &number), ("n", "1")]).await;
    assert_eq!(again.field("proposal"), number);
    assert_eq!(standing(&browser).await, json!([]));
    vote(&browser, &again, "neutral").await;
    assert_eq!(standing(&browser).await[0]["choice"], "neutral");
}

#[actix_web::test]
async fn a_skipped_card_is_not_the_next_one() {
    let site = Site::open().await;
    site.publish("town", &["Un", "Deux"]).await;
    let browser = site.browser();
    for skipped in ["1", "2"] {
        let next = browser.get(&format!("/c/town/vote?n=2&skip={skipped}")).await;
        assert_ne!(next.field("proposal"), skipped);
    }
}

#[actix_web::test]
async fn a_sequence_has_an_end() {
    let site = Site::open().await;
    let texts = (1..=14).map(|number| format!("Proposition {number}")).collect::<Vec<_>>();
    site.publish("town", &texts.iter().map(String::as_str).collect::<Vec<_>>()).await;
    let browser = site.browser();
    let last = browser.get("/c/town/vote?n=12").await;
    let answered = vote(&browser, &last, "agree").await;
    assert!(answered.text().contains("/c/town/vote?n=13"));
    let over = browser.get("/c/town/vote?n=13").await;
    assert!(!over.text().contains("name=\"key\"") && over.text().contains("/c/town/vote?n=1"));
}

#[actix_web::test]
async fn a_bad_answer_shows_the_card_again_and_records_nothing() {
    let site = Site::open().await;
    let first = site.publish("town", &["Un", "Deux"]).await[0].to_string();
    let browser = site.browser();
    browser.get("/c/town/vote").await;
    let key = browser.keys("town").await[&1].clone();
    let send = |choice: &'static str, key: String, qualification: &'static str| {
        let (browser, first) = (browser.clone(), first.clone());
        async move {
            let fields = [
                ("proposal", &*first),
                ("key", &*key),
                ("choice", choice),
                ("qualification", qualification),
                ("n", "1"),
            ];
            browser.post_form("/c/town/vote/qualify", &fields).await
        }
    };
    let cases = [
        (send("maybe", key.clone(), "doable").await, 422),
        (send("agree", key.clone(), "no_way").await, 422),
        (send("agree", "forged".into(), "doable").await, 403),
    ];
    for (page, status) in cases {
        assert_eq!(page.status.as_u16(), status);
        assert_eq!(page.field("proposal"), first, "the same card, with a fresh key");
        assert!(page.text().contains("role=\"status\""), "and a word about it");
    }
    site.clock.advance_ms(VOTE_KEY_LIFE_MS);
    let late = send("agree", key.clone(), "doable").await;
    assert_eq!(late.status.as_u16(), 403);
    site.moderate("town", 1, Decision::Refuse(RefusalReason::parse("Hors sujet").unwrap())).await;
    let gone = send("agree", late.field("key"), "doable").await;
    assert_eq!(gone.status.as_u16(), 409);
    assert_eq!(gone.field("proposal"), "2", "another card");
    assert_eq!(site.events("town"), 0);
}

#[actix_web::test]
async fn a_proposal_too_long_is_given_back_to_its_author() {
    let site = Site::open().await;
    site.publish("town", &["Planter des arbres fruitiers partout"]).await;
    let browser = site.browser();
    let text = format!("Planter des arbres fruitiers {}", "é".repeat(140));
    let page = browser.post_form("/c/town/propose", &[("text", &text)]).await;
    assert_eq!(page.status.as_u16(), 422);
    assert!(page.text().contains(&text), "what was typed is not lost");
    assert!(page.text().contains("Planter des arbres fruitiers partout"), "it is said already");
    assert_eq!(browser.post_form("/c/town/propose", &[("text", " ")]).await.status.as_u16(), 422);
    assert_eq!(site.items("town").await.proposals().count(), 1);
}

#[actix_web::test]
async fn a_proposal_that_is_said_already_is_recorded_when_sent_again() {
    let site = Site::open().await;
    site.publish("town", &["Planter des arbres fruitiers partout"]).await;
    let browser = site.browser();
    let count = async || site.items("town").await.proposals().count();
    let text = "Planter des arbres fruitiers dans la cour";

    let asked = browser.post_form("/c/town/propose", &[("text", text)]).await;
    assert_eq!((asked.status, count().await), (StatusCode::OK, 1), "nothing is recorded yet");
    assert_eq!(asked.header("cache-control"), "private, no-store");
    assert!(asked.text().contains("Planter des arbres fruitiers partout"), "it is said already");
    assert!(asked.text().contains(text), "what was typed is not lost");
    assert!(!asked.text().contains("aria-invalid"), "it is no error");
    let cookie = browser.cookie("gd_participant");
    assert!(cookie.is_some());

    let anyway = asked.field("anyway");
    let sent = browser.post_form("/c/town/propose", &[("text", text), ("anyway", &anyway)]).await;
    assert_eq!((sent.status, sent.header("location")), (StatusCode::SEE_OTHER, "/c/town/propose?sent=2"));
    assert_eq!(browser.cookie("gd_participant"), cookie, "by the same participant");
    assert_eq!(count().await, 2);

    let new = browser.post_form("/c/town/propose", &[("text", "Ouvrir la bibliothèque le soir")]).await;
    assert_eq!(
        (new.status, count().await),
        (StatusCode::SEE_OTHER, 3),
        "what nobody said is recorded at once"
    );
}

#[actix_web::test]
async fn a_closed_consultation_can_be_read_and_takes_nothing() {
    let site = Site::open().await;
    site.publish("town", &["Un"]).await;
    let browser = site.browser();
    let card = browser.get("/c/town/vote").await;
    let (proposal, key) = (card.field("proposal"), card.field("key"));
    site.close("town").await;
    for path in ["", "/vote", "/propose", "/votes", "/results"] {
        let page = browser.get(&format!("/c/town{path}")).await;
        assert_eq!(page.status, StatusCode::OK, "{path}");
    }
    let fields =
        [("proposal", &*proposal), ("key", &*key), ("choice", "agree"), ("text", "Trop tard"), ("n", "1")];
    for path in
        ["/vote", "/vote/qualify", "/vote/retract", "/votes", "/votes/retract", "/propose", "/audience"]
    {
        let page = browser.post_form(&format!("/c/town{path}"), &fields).await;
        assert_eq!(page.status, StatusCode::CONFLICT, "{path}");
        assert!(page.header("content-type").starts_with("text/html"));
    }
    assert_eq!(site.events("town"), 0);
    assert_eq!(site.items("town").await.proposals().count(), 1);
}

#[actix_web::test]
async fn an_audience_is_asked_once_and_leads_back() {
    let site = Site::open().await;
    site.publish("town", &["Un", "Deux"]).await;
    let browser = site.browser();
    let asked = browser.get("/c/town/vote").await;
    assert!(asked.text().contains("value=\"staff\""));
    let fields = [("audience", "staff"), ("return_to", "/c/town/vote?n=2")];
    let answered = browser.post_form("/c/town/audience", &fields).await;
    assert_eq!(answered.header("location"), "/c/town/vote?n=2");
    let card = browser.get("/c/town/vote?n=2").await;
    assert!(!card.text().contains("value=\"staff\""), "not asked again");
    vote(&browser, &card, "agree").await;
    site.settle().await;
    let tallies = browser.get(&format!("{TOWN}/tallies")).await.json();
    let staff = tallies["proposals"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["by_audience"]["staff"]["agree"].clone());
    assert_eq!(staff.map(|count| count.as_u64().unwrap()).sum::<u64>(), 1);

    let quiet = site.browser();
    let nothing = quiet.post_form("/c/town/audience", &[("return_to", "https://evil.example/")]).await;
    assert_eq!(nothing.header("location"), "/c/town/vote", "never to another site");
    assert!(
        !quiet.get("/c/town/vote").await.text().contains("value=\"staff\""),
        "saying nothing is an answer"
    );
}

#[actix_web::test]
async fn results_show_the_report_once_there_is_one() {
    let site = Site::open().await;
    site.publish("town", &["Des bancs à l’ombre"]).await;
    let browser = site.browser();
    let awaited = browser.get("/c/town/results").await;
    assert_eq!(awaited.status, StatusCode::OK);
    assert!(!awaited.text().contains("Des bancs"));
    let interval = |mean: f64| json!({ "mean": mean, "low": mean - 0.05, "high": mean + 0.05 });
    let report = json!({
        "method": "calibrated",
        "input": { "ballots": 100, "participants": 40, "proposals": 1, "digest": "d" },
        "proposals": [{
            "number": 1, "text": "Des bancs à l’ombre", "counts": { "agree": 80, "disagree": 10, "neutral": 10 },
            "shares": { "agree": interval(0.8), "disagree": interval(0.1), "neutral": interval(0.1) },
            "label": "consensus", "confidence": 0.97,
        }],
        "limits": [],
    });
    site.publish_report("town", 0, &report.to_string()).await;
    let shown = browser.get("/c/town/results").await;
    assert!(shown.text().contains("Des bancs à l’ombre"));
    assert!(shown.header("cache-control").starts_with("public"));
    site.clock.advance_ms(1);
    site.publish_report("town", 0, "{}").await;
    assert_eq!(browser.get("/c/town/results").await.status, StatusCode::INTERNAL_SERVER_ERROR);
}

#[actix_web::test]
async fn many_votes_come_in_pages() {
    let site = Site::open().await;
    let texts = (1..=51).map(|number| format!("Proposition {number}")).collect::<Vec<_>>();
    site.publish("town", &texts.iter().map(String::as_str).collect::<Vec<_>>()).await;
    let browser = site.browser();
    let keys = browser.keys("town").await;
    for (number, key) in &keys {
        browser.cast("town", &json!([crate::support::ballot(*number, "agree", key)])).await;
    }
    let first = browser.get("/c/town/votes").await;
    assert_eq!(first.text().matches("id=\"vote-").count(), 50);
    assert!(first.text().contains("/c/town/votes?page=2"));
    let second = browser.get("/c/town/votes?page=2").await;
    assert_eq!(second.text().matches("id=\"vote-").count(), 1);
    assert_eq!(browser.get("/c/town/votes?page=99").await.text().matches("id=\"vote-").count(), 1);
}
