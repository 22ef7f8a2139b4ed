//! The JSON interface, when all goes well.

use std::collections::BTreeSet;
use std::io::Read;

use actix_web::test::TestRequest;
use flate2::read::GzDecoder;
use gd_domain::{RefusalReason, ResultsVisibility};
use gd_engine::Decision;
use gd_testkit::{TEST_NOW, consultation_draft, days_later};
use serde_json::{Value, json};

use crate::support::{Site, TOWN, ballot};

#[actix_web::test]
async fn a_sequence_gives_a_cookie_and_cards_with_keys_that_hold() {
    let site = Site::open().await;
    site.publish("town", &["Un", "Deux", "Trois"]).await;
    let browser = site.browser();
    let response = browser.get(&format!("{TOWN}/sequence?size=2")).await;
    assert_eq!(response.header("cache-control"), "no-store");
    let cookie = response.header("set-cookie");
    for attribute in ["gd_participant=", "; Path=/", "; Max-Age=34128000", "; HttpOnly", "; SameSite=Lax"] {
        assert!(cookie.contains(attribute), "{cookie}");
    }
    assert!(!cookie.contains("Secure"), "this site is not behind TLS");

    let cards = response.json()["proposals"].as_array().unwrap().clone();
    assert_eq!(cards.len(), 2);
    let ballots = cards.iter().map(|card| {
        assert_eq!(card["theme"], Value::Null);
        json!({ "proposal": card["number"], "choice": "agree", "qualifications": ["doable", "like_it"], "key": card["key"] })
    });
    let ballots = Value::Array(ballots.collect());
    assert_eq!(browser.cast("town", &ballots).await, json!({ "recorded": 2, "refused": [] }));

    let again = browser.get(&format!("{TOWN}/sequence")).await;
    assert_eq!(again.header("set-cookie"), "", "a known participant keeps their cookie");
    let left = again.json()["proposals"].as_array().unwrap().clone();
    let voted = cards.iter().map(|card| card["number"].as_u64().unwrap()).collect::<BTreeSet<_>>();
    assert_eq!(left.len(), 1, "never one already voted on");
    assert!(!voted.contains(&left[0]["number"].as_u64().unwrap()));
    assert_eq!(browser.get(&format!("{TOWN}/sequence?size=500")).await.status.as_u16(), 200, "clamped");
}

#[actix_web::test]
async fn a_theme_is_told_by_its_short_name() {
    let site = Site::open().await;
    let number = site.submit("town", "Des bancs").await;
    site.moderate("town", number, Decision::Publish { theme: Some("daily-life".parse().unwrap()) }).await;
    site.publish("town", &["Sans thème"]).await;
    let browser = site.browser();
    let listed = browser.get(&format!("{TOWN}/proposals?theme=daily-life")).await.json();
    assert_eq!(listed["proposals"].as_array().unwrap().len(), 1);
    assert_eq!(listed["proposals"][0]["theme"], "daily-life");
}

#[actix_web::test]
async fn the_cookie_is_secure_behind_tls() {
    let site = Site::open_with(gd_counters::NoRateLimits, |settings| {
        settings.public_url = Some("https://dialogue.example".into());
    })
    .await;
    let response = site.browser().get(&format!("{TOWN}/sequence")).await;
    assert!(response.header("set-cookie").contains("; Secure;"));

    let site = Site::open_with(gd_counters::NoRateLimits, |settings| {
        settings.trusted_proxies = vec!["10.0.0.0/8".parse().unwrap()];
    })
    .await;
    for (peer, is_secure) in [("10.1.2.3:4", true), ("203.0.113.9:4", false)] {
        let path = format!("{TOWN}/sequence");
        let request = TestRequest::get().uri(&path).peer_addr(peer.parse().unwrap());
        let response = site.browser().send(request.insert_header(("x-forwarded-proto", "https"))).await;
        assert_eq!(response.header("set-cookie").contains("Secure"), is_secure, "{peer}");
    }
}

#[actix_web::test]
async fn a_ballot_is_cast_changed_repeated_and_retracted() {
    let site = Site::open().await;
    let number = site.publish("town", &["Des bancs"]).await[0];
    let browser = site.browser();
    let key = browser.keys("town").await[&number].clone();
    for choice in ["agree", "disagree", "disagree"] {
        let cast = browser.cast("town", &json!([ballot(number, choice, &key)])).await;
        assert_eq!(cast["recorded"], 1);
    }
    let mine = browser.get(&format!("{TOWN}/ballots")).await.json();
    let fresh = mine["ballots"][0]["key"].as_str().unwrap();
    assert_eq!(
        mine,
        json!({ "ballots": [{ "proposal": number, "choice": "disagree", "qualifications": [], "key": fresh }] })
    );
    let better =
        json!([{ "proposal": number, "choice": "neutral", "qualifications": ["no_opinion"], "key": fresh }]);
    assert_eq!(browser.cast("town", &better).await["recorded"], 1);

    let tallies = || async {
        site.settle().await;
        let tallies = site.browser().get(&format!("{TOWN}/tallies")).await.json();
        let counts = &tallies["proposals"][0];
        [&counts["agree"], &counts["disagree"], &counts["neutral"], &counts["qualifications"]["no_opinion"]]
            .map(|count| count.as_u64().unwrap())
    };
    assert_eq!(tallies().await, [0, 0, 1, 1], "four ballots sent, the last one stands");

    let path = format!("{TOWN}/ballots/{number}");
    assert_eq!(browser.delete(&path).await.json(), json!({ "recorded": 1 }));
    assert_eq!(browser.delete(&path).await.json(), json!({ "recorded": 0 }));
    assert_eq!(browser.get(&format!("{TOWN}/ballots")).await.json(), json!({ "ballots": [] }));
    assert_eq!(tallies().await, [0, 0, 0, 0]);
}

#[actix_web::test]
async fn a_declared_audience_travels_in_the_cookie_and_moves_what_was_cast() {
    let site = Site::open().await;
    let numbers = site.publish("town", &["Un", "Deux"]).await;
    let browser = site.browser();
    let keys = browser.keys("town").await;
    browser.cast("town", &json!([ballot(numbers[0], "agree", &keys[&numbers[0]])])).await;
    let path = format!("{TOWN}/audience");
    assert_eq!(
        browser.put_json(&path, &json!({ "audience": "staff" })).await.json(),
        json!({ "audience": "staff" })
    );
    browser.cast("town", &json!([ballot(numbers[1], "disagree", &keys[&numbers[1]])])).await;
    site.settle().await;
    let tallies = browser.get(&format!("{TOWN}/tallies")).await.json();
    assert_eq!(
        tallies["proposals"][0]["by_audience"]["staff"],
        json!({ "agree": 1, "disagree": 0, "neutral": 0 })
    );
    assert_eq!(
        tallies["proposals"][1]["by_audience"]["staff"],
        json!({ "agree": 0, "disagree": 1, "neutral": 0 })
    );
    assert_eq!(
        tallies["proposals"][1]["by_audience"]["users"],
        json!({ "agree": 0, "disagree": 0, "neutral": 0 })
    );

    let none = json!({ "audience": null });
    assert_eq!(browser.put_json(&path, &none).await.json(), none);
    site.settle().await;
    let tallies = browser.get(&format!("{TOWN}/tallies")).await.json();
    assert_eq!(tallies["proposals"][0]["by_audience"]["staff"]["agree"], 0);
    assert_eq!(tallies["proposals"][0]["agree"], 1);
}

#[actix_web::test]
async fn lists_are_ordered_filtered_and_paged() {
    let site = Site::open().await;
    site.publish("town", &["Des bancs à l’ombre", "Un marché le soir", "Des bancs au soleil"]).await;
    let browser = site.browser();
    let list = |query: &'static str| {
        let browser = browser.clone();
        async move {
            let listed = browser.get(&format!("{TOWN}/proposals?{query}")).await.json();
            let numbers =
                listed["proposals"].as_array().unwrap().iter().map(|card| card["number"].as_u64().unwrap());
            (numbers.collect::<Vec<_>>(), listed["after"].clone())
        }
    };
    assert_eq!(list("").await, (vec![3, 2, 1], Value::Null));
    assert_eq!(list("sort=old&limit=2").await, (vec![1, 2], json!(2)));
    assert_eq!(list("sort=old&limit=2&after=2").await, (vec![3], Value::Null));
    assert_eq!(list("q=BANCS+des").await, (vec![3, 1], Value::Null));
    assert_eq!(list("theme=nothing").await, (vec![], Value::Null));
    let similar = browser.get(&format!("{TOWN}/proposals/similar?text=marche%20du%20soir")).await.json();
    assert_eq!(similar["proposals"].as_array().unwrap().len(), 1);
    assert_eq!(similar["proposals"][0]["number"], 2);
}

#[actix_web::test]
async fn submitting_twice_makes_one_proposal() {
    let site = Site::open().await;
    let browser = site.browser();
    let body = json!({ "text": "Un \u{1F333} de plus" });
    let submit = || browser.post_json("/api/v1/consultations/town/proposals", &body);
    let (first, second) = (submit().await, submit().await);
    assert_eq!((first.status.as_u16(), second.status.as_u16()), (201, 201));
    assert_eq!(first.json(), second.json());
    assert_eq!(first.json()["status"], "pending");
}

#[actix_web::test]
async fn tallies_come_as_json_and_csv_and_are_not_sent_twice() {
    let site = Site::open().await;
    site.publish("town", &["Un"]).await;
    let browser = site.browser();
    let key = browser.keys("town").await[&1].clone();
    let doable = json!([{ "proposal": 1, "choice": "agree", "qualifications": ["doable"], "key": key }]);
    browser.cast("town", &doable).await;
    site.settle().await;
    let path = format!("{TOWN}/tallies");
    let csv = "number,agree,disagree,neutral,like_it,doable,platitude_agree,no_way,impossible,platitude_disagree,\
               not_understood,no_opinion,do_not_care\n1,1,0,0,0,1,0,0,0,0,0,0,0\n";
    let by_query = browser.get(&format!("{path}?format=csv")).await;
    let by_header = browser.send(TestRequest::get().uri(&path).insert_header(("accept", "text/csv"))).await;
    for response in [by_query, by_header] {
        assert_eq!(response.text(), csv);
        assert_eq!(response.header("content-type"), "text/csv; charset=utf-8");
        assert_eq!(response.header("vary"), "accept");
    }
    let json = browser.get(&path).await;
    assert_eq!(json.header("cache-control"), "public, max-age=1");
    let ask_again = || {
        let request = TestRequest::get().uri(&path);
        browser.send(request.insert_header(("if-none-match", json.header("etag").to_owned())))
    };
    let same = ask_again().await;
    assert_eq!((same.status.as_u16(), same.body.len()), (304, 0));
    browser.delete(&format!("{TOWN}/ballots/1")).await;
    site.settle().await;
    assert_eq!(ask_again().await.status.as_u16(), 200, "they changed");
}

#[actix_web::test]
async fn what_all_see_alike_is_the_same_until_somebody_votes() {
    let site = Site::open().await;
    site.publish("town", &["Un"]).await;
    site.settle().await;
    let all = ["", "/tallies", "/tallies?format=csv", "/activity"].map(|path| format!("{TOWN}{path}"));
    let all = all.into_iter().chain(["/c/town".to_owned()]).collect::<Vec<_>>();
    let mut before = Vec::new();
    for path in &all {
        let [first, second] = [site.browser().get(path).await, site.browser().get(path).await];
        assert_eq!((first.status.as_u16(), first.header("etag")), (200, second.header("etag")), "{path}");
        assert_eq!(first.text(), second.text());
        before.push(first);
    }
    let browser = site.browser();
    let key = browser.keys("town").await[&1].clone();
    browser.cast("town", &json!([ballot(1, "agree", &key)])).await;
    site.settle().await;
    for (path, before) in all.iter().zip(before) {
        let request = TestRequest::get().uri(path);
        let request = request.insert_header(("if-none-match", before.header("etag").to_owned()));
        let after = browser.send(request).await;
        assert_eq!(after.status.as_u16(), 200, "{path}");
        assert_ne!(after.text(), before.text(), "{path}");
        let request = TestRequest::get().uri(path);
        let same = request.insert_header(("if-none-match", after.header("etag").to_owned()));
        let same = browser.send(same).await;
        assert_eq!((same.status.as_u16(), same.body.len()), (304, 0), "{path}");
    }
}

#[actix_web::test]
async fn what_all_see_alike_is_compressed_for_those_who_take_it() {
    let site = Site::open().await;
    site.publish("town", &["Un"]).await;
    for path in [format!("{TOWN}/tallies"), TOWN.to_owned(), "/c/town".to_owned()] {
        let plain = site.browser().get(&path).await;
        assert_eq!(plain.header("content-encoding"), "");
        let request = TestRequest::get().uri(&path).insert_header(("accept-encoding", "gzip"));
        let compressed = site.browser().send(request).await;
        assert_eq!(compressed.header("content-encoding"), "gzip", "{path}");
        assert_eq!(compressed.header("etag"), plain.header("etag"));
        for response in [&plain, &compressed] {
            let vary = response.headers.get_all("vary").map(|line| line.to_str().unwrap().to_lowercase());
            assert!(vary.collect::<Vec<_>>().contains(&"accept-encoding".to_owned()), "{path}");
        }
        let mut text = String::new();
        GzDecoder::new(compressed.body.as_ref()).read_to_string(&mut text).unwrap();
        assert_eq!(text, plain.text(), "{path}");
    }
}

#[actix_web::test]
async fn a_landing_page_leads_back_to_the_address_it_was_asked_by() {
    let site = Site::open().await;
    for path in ["/c/town", "/c/town?from=letter", "/c/town", "/c/town?from=poster"] {
        assert_eq!(site.browser().get(path).await.field("return_to"), path);
    }
    let english = TestRequest::get().uri("/c/town").insert_header(("accept-language", "en"));
    let english = site.browser().send(english).await;
    assert!(english.text().contains("<html lang=\"en\">"));
    assert!(site.browser().get("/c/town").await.text().contains("<html lang=\"fr\">"));
}

#[actix_web::test]
async fn what_moderators_decide_shows_at_once() {
    let site = Site::open().await;
    site.publish("town", &["Un", "Deux"]).await;
    let tallied = async || {
        site.browser().get(&format!("{TOWN}/tallies")).await.json()["proposals"].as_array().unwrap().len()
    };
    assert_eq!(tallied().await, 2);
    let reason = RefusalReason::parse("hors sujet").unwrap();
    site.moderate("town", 2, Decision::Refuse(reason)).await;
    assert_eq!(tallied().await, 1);
    assert_eq!(site.browser().get(TOWN).await.json()["figures"]["proposals"], 1);
}

#[actix_web::test]
async fn activity_is_the_last_day_that_has_any() {
    let site = Site::open().await;
    let activity = async || site.browser().get(&format!("{TOWN}/activity")).await.json()["minutes"].clone();
    site.publish("town", &["Un", "Deux", "Trois"]).await;
    assert_eq!(activity().await, json!([]));
    let cast = async |number: u32| {
        let browser = site.browser();
        let key = browser.keys("town").await[&number].clone();
        browser.cast("town", &json!([ballot(number, "agree", &key)])).await;
        site.settle().await;
    };
    cast(1).await;
    site.clock.set(TEST_NOW.plus_millis(60_000));
    cast(1).await;
    cast(2).await;
    let [first, second] = ["2026-03-02T09:00:00Z", "2026-03-02T09:01:00Z"];
    assert_eq!(activity().await, json!([{ "at": first, "ballots": 1 }, { "at": second, "ballots": 2 }]));
    site.clock.set(days_later(1));
    cast(3).await;
    let third = "2026-03-03T09:00:00Z";
    assert_eq!(activity().await, json!([{ "at": second, "ballots": 2 }, { "at": third, "ballots": 1 }]));
    site.browser()
        .get("/api/v1/consultations/nowhere/activity")
        .await
        .expect_problem(404, "consultation_not_found");
}

#[actix_web::test]
async fn results_are_hidden_until_a_report_is_published() {
    let site = Site::open().await;
    let mut draft = consultation_draft("quiet");
    draft.rules.results = ResultsVisibility::Hidden;
    site.create(&draft).await;
    let browser = site.browser();
    for path in ["tallies", "report"] {
        let path = format!("/api/v1/consultations/quiet/{path}");
        browser.get(&path).await.expect_problem(403, "results_hidden");
    }
    let body = "{\"consultation\": \"quiet\",  \"spaces\":\t\"kept\"}";
    site.publish_report("quiet", 0, body).await;
    let report = browser.get("/api/v1/consultations/quiet/report").await;
    assert_eq!(report.text(), body, "byte for byte");
    assert_eq!(report.header("content-type"), "application/json");
    assert_eq!(browser.get("/api/v1/consultations/quiet/tallies").await.status.as_u16(), 200);
    browser.get(&format!("{TOWN}/report")).await.expect_problem(404, "report_not_found");
}

#[actix_web::test]
async fn a_consultation_is_described() {
    let site = Site::open().await;
    site.publish("town", &["Un"]).await;
    let browser = site.browser();
    let described = browser.get(TOWN).await.json();
    insta::assert_json_snapshot!(described, @r#"
    {
      "answer_prefix": "",
      "audiences": [
        {
          "id": "users",
          "title": "USERS"
        },
        {
          "id": "staff",
          "title": "STAFF"
        }
      ],
      "dates": {
        "closed": "2026-04-01T09:00:00Z",
        "concertation": null,
        "consultation": "2026-03-01T09:00:00Z",
        "workshops": null
      },
      "figures": {
        "ballots": 0,
        "participants": 0,
        "proposals": 1
      },
      "introduction": "Une consultation pour les essais.",
      "language": "fr",
      "organisation": "Ville d’Essai",
      "phase": "consultation",
      "question": "Comment mieux vivre ensemble ?",
      "questions": [],
      "rules": {
        "moderation": "before",
        "proposal_length_max": 140,
        "results": "live"
      },
      "slug": "town",
      "themes": [
        {
          "id": "daily-life",
          "title": "DAILY-LIFE"
        }
      ],
      "time_zone": ""
    }
    "#);
    assert_eq!(browser.get("/api/v1/consultations").await.json(), json!({ "consultations": [described] }));
    let spec = browser.get("/api/v1/openapi.json").await.json();
    assert!(spec["paths"]["/api/v1/consultations/{slug}/ballots"]["post"].is_object());
}

#[actix_web::test]
async fn health_and_metrics_tell_how_the_site_does() {
    let site = Site::open().await;
    site.publish("town", &["Un"]).await;
    let browser = site.browser();
    assert_eq!(browser.get("/health/live").await.status.as_u16(), 200);
    let ready = browser.get("/health/ready").await;
    assert_eq!((ready.status.as_u16(), ready.json()), (200, json!({ "status": "ready", "missing": [] })));

    let key = browser.keys("town").await[&1].clone();
    browser.cast("town", &json!([ballot(1, "agree", &key), ballot(9, "agree", &key)])).await;
    browser.get("/api/v1/consultations/nowhere").await;
    site.settle().await;
    let metrics = browser.get("/metrics").await.text();
    for line in [
        "gd_ballots_recorded_total 1",
        r#"gd_ballots_refused_total{code="proposal_not_found"} 1"#,
        r#"gd_ledger_head{consultation="town"} 1"#,
        r#"gd_projection_lag_events{consultation="town"} 0"#,
        r#"gd_http_requests_total{route="/api/v1/consultations/{slug}/ballots",method="POST",status="200"} 1"#,
        r#"gd_http_requests_total{route="/api/v1/consultations/{slug}",method="GET",status="404"} 1"#,
    ] {
        assert!(metrics.lines().any(|found| found == line), "{line} is not in:\n{metrics}");
    }
}

#[actix_web::test]
async fn every_answer_tells_its_request() {
    let site = Site::open().await;
    let browser = site.browser();
    let (one, other) = (browser.get("/").await, browser.get("/api/nothing").await);
    assert_eq!(one.header("x-request-id").len(), 36);
    assert_ne!(one.header("x-request-id"), other.header("x-request-id"));
    let brought = TestRequest::get().uri("/health/live").insert_header(("x-request-id", "from-the-proxy-1"));
    assert_eq!(browser.send(brought).await.header("x-request-id"), "from-the-proxy-1");
}
