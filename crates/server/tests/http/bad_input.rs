//! Every bad input has its own code and status, and no ballot or proposal is lost or added by it.

use crate::support::{Browser, Site, TOWN, ballot, by, live};
use actix_web::http::Method;
use actix_web::test::TestRequest;
use gd_counters::InProcessRateLimits;
use gd_domain::RefusalReason;
use gd_engine::{Decision, VOTE_KEY_LIFE_MS};
use serde_json::{Value, json};

/// A site with two published proposals, a voter who agrees with the first, and the key of the second.
struct Scene {
    site: Site,
    voter: Browser,
    first: u32,
    second: u32,
    key: String,
}

impl Scene {
    async fn set() -> Self {
        let site = Site::open().await;
        let numbers = site.publish("town", &["Des bancs à l’ombre", "Un marché le soir"]).await;
        let (first, second) = (numbers[0], numbers[1]);
        let voter = site.browser();
        let keys = voter.keys("town").await;
        let cast = voter.cast("town", &json!([ballot(first, "agree", &keys[&first])])).await;
        assert_eq!(cast, json!({ "recorded": 1, "refused": [] }));
        Self { site, voter, first, second, key: keys[&second].clone() }
    }

    /// Checks that the first ballot still stands, and that nothing else was appended or submitted.
    async fn expect_nothing_changed(&self) {
        assert_eq!(self.site.events("town"), 1);
        let mine = self.voter.get(&format!("{TOWN}/ballots")).await.json();
        assert_eq!(mine["ballots"].as_array().unwrap().len(), 1);
        assert_eq!(mine["ballots"][0]["proposal"], self.first);
        assert_eq!(mine["ballots"][0]["choice"], "agree");
        assert_eq!(self.site.items("town").await.proposals().count(), 2);
    }

    async fn expect_refused(&self, ballot: Value, code: &str) {
        let proposal = ballot["proposal"].clone();
        let cast = self.voter.cast("town", &json!([ballot])).await;
        assert_eq!(cast, json!({ "recorded": 0, "refused": [{ "proposal": proposal, "code": code }] }));
    }
}

#[actix_web::test]
async fn one_bad_ballot_is_refused_alone() {
    let scene = Scene::set().await;
    let Scene { second, key, .. } = &scene;
    let with = |change: Value| {
        let mut ballot = ballot(*second, "agree", key);
        ballot.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
        ballot
    };
    for choice in [json!("maybe"), json!(""), json!(null), json!(1), json!(["agree"])] {
        scene.expect_refused(with(json!({ "choice": choice })), "choice_unknown").await;
    }
    for set in [json!(["no_way"]), json!(["lovely"]), json!("doable"), json!([7]), json!({})] {
        scene.expect_refused(with(json!({ "qualifications": set })), "qualification_not_allowed").await;
    }
    for number in [json!(99), json!(-1), json!(4_294_967_296_u64), json!(1.5)] {
        scene.expect_refused(with(json!({ "proposal": number })), "proposal_not_found").await;
    }
    for forged in [json!(""), json!("AAAA"), json!(null), json!(format!("B{}", &key[1..]))] {
        scene.expect_refused(with(json!({ "key": forged })), "vote_key_invalid").await;
    }
    scene.expect_nothing_changed().await;
}

#[actix_web::test]
async fn good_ballots_of_a_request_are_recorded_beside_bad_ones() {
    let Scene { site, voter, first, second, key } = Scene::set().await;
    let ballots =
        json!([ballot(99, "agree", "x"), ballot(second, "disagree", &key), ballot(first, "perhaps", "x"),]);
    let refused = json!([
        { "proposal": 99, "code": "proposal_not_found" },
        { "proposal": first, "code": "choice_unknown" },
    ]);
    assert_eq!(voter.cast("town", &ballots).await, json!({ "recorded": 1, "refused": refused }));
    assert_eq!(site.events("town"), 2);
}

#[actix_web::test]
async fn a_key_is_good_for_its_participant_its_consultation_and_a_day() {
    let scene = Scene::set().await;
    let other = scene.site.browser();
    other.keys("town").await;
    let stolen = json!([ballot(scene.second, "agree", &scene.key)]);
    assert_eq!(other.cast("town", &stolen).await["refused"][0]["code"], "vote_key_invalid");

    scene.site.create(&live("village")).await;
    let twin = scene.site.publish("village", &["Un", "Deux"]).await[1];
    assert_eq!(twin, scene.second, "the same number in both");
    let foreign = &scene.voter.keys("village").await[&twin];
    scene.expect_refused(ballot(scene.second, "agree", foreign), "vote_key_invalid").await;

    scene.site.clock.advance_ms(VOTE_KEY_LIFE_MS);
    scene.expect_refused(ballot(scene.second, "agree", &scene.key), "vote_key_expired").await;
    scene.expect_nothing_changed().await;
}

#[actix_web::test]
async fn a_proposal_of_another_consultation_is_not_found_here() {
    let scene = Scene::set().await;
    scene.site.create(&live("village")).await;
    let third = scene.site.publish("village", &["Un", "Deux", "Trois"]).await[2];
    let key = &scene.voter.keys("village").await[&third];
    scene.expect_refused(ballot(third, "agree", key), "proposal_not_found").await;
    scene.expect_nothing_changed().await;
}

#[actix_web::test]
async fn only_published_proposals_take_ballots() {
    let scene = Scene::set().await;
    let refuse = Decision::Refuse(RefusalReason::parse("Hors sujet").unwrap());
    for decision in [refuse, Decision::Withdraw] {
        scene.site.moderate("town", scene.second, decision).await;
        scene.expect_refused(ballot(scene.second, "agree", &scene.key), "proposal_not_published").await;
    }
    scene.expect_nothing_changed().await;
}

#[actix_web::test]
async fn a_closed_phase_takes_nothing_and_still_shows_what_is_mine() {
    let scene = Scene::set().await;
    scene.site.close("town").await;
    let ballots = json!({ "ballots": [ballot(scene.second, "agree", &scene.key)] });
    let voter = &scene.voter;
    voter.post_json(&format!("{TOWN}/ballots"), &ballots).await.expect_problem(409, "phase_closed");
    voter.delete(&format!("{TOWN}/ballots/{}", scene.first)).await.expect_problem(409, "phase_closed");
    let proposal = json!({ "text": "Trop tard" });
    voter.post_json(&format!("{TOWN}/proposals"), &proposal).await.expect_problem(409, "phase_closed");
    let audience = json!({ "audience": "users" });
    voter.put_json(&format!("{TOWN}/audience"), &audience).await.expect_problem(409, "phase_closed");
    scene.expect_nothing_changed().await;
}

#[actix_web::test]
async fn a_forged_cookie_is_refused_and_taken_away() {
    let scene = Scene::set().await;
    let genuine = scene.voter.cookie("gd_participant").unwrap();
    let ballots = json!({ "ballots": [ballot(scene.second, "agree", &scene.key)] });
    let (payload, signature) = genuine.split_once('.').unwrap();
    for forged in [format!("B{}.{signature}", &payload[1..]), payload.to_owned(), "x.y".into(), String::new()]
    {
        let forger = scene.site.browser();
        forger.set_cookie("gd_participant", &forged);
        let response = forger.post_json(&format!("{TOWN}/ballots"), &ballots).await;
        response.expect_problem(401, "participant_invalid");
        assert_eq!(forger.cookie("gd_participant"), None, "taken away");
        for (method, path) in
            [(Method::GET, "ballots"), (Method::GET, "sequence"), (Method::DELETE, "ballots/1")]
        {
            forger.set_cookie("gd_participant", &forged);
            let response = forger.send(by(method, &format!("{TOWN}/{path}"))).await;
            response.expect_problem(401, "participant_invalid");
        }
    }
    scene.expect_nothing_changed().await;
}

#[actix_web::test]
async fn without_a_cookie_no_key_holds_and_none_is_set() {
    let scene = Scene::set().await;
    let stranger = scene.site.browser();
    let cast = stranger.cast("town", &json!([ballot(scene.second, "agree", &scene.key)])).await;
    assert_eq!(cast["refused"][0]["code"], "vote_key_invalid");
    assert_eq!(stranger.get(&format!("{TOWN}/ballots")).await.json(), json!({ "ballots": [] }));
    let retracted = stranger.delete(&format!("{TOWN}/ballots/{}", scene.first)).await.json();
    assert_eq!(retracted, json!({ "recorded": 0 }));
    assert_eq!(stranger.cookie("gd_participant"), None);
    scene.expect_nothing_changed().await;
}

#[actix_web::test]
async fn the_size_of_a_request_is_limited() {
    let scene = Scene::set().await;
    let (voter, path) = (&scene.voter, format!("{TOWN}/ballots"));
    let ballot = ballot(scene.second, "agree", &scene.key);
    let ballots = |count: usize| json!({ "ballots": vec![&ballot; count] });
    voter.post_json(&path, &ballots(65)).await.expect_problem(422, "too_many_ballots");
    voter.post_json(&path, &ballots(0)).await.expect_problem(400, "malformed");

    let padded = |length: usize| {
        let body = ballots(1).to_string();
        let body = format!("{body}{}", " ".repeat(length - body.len()));
        TestRequest::post().uri(&path).insert_header(("content-type", "application/json")).set_payload(body)
    };
    voter.send(padded(17 * 1024)).await.expect_problem(413, "body_too_large");
    voter.send(padded(16 * 1024 + 1)).await.expect_problem(413, "body_too_large");
    scene.expect_nothing_changed().await;

    assert_eq!(voter.send(padded(16 * 1024)).await.json()["recorded"], 1, "the limit itself fits");
    assert_eq!(voter.post_json(&path, &ballots(64)).await.json()["recorded"], 64);
}

#[actix_web::test]
async fn the_content_type_is_json() {
    let scene = Scene::set().await;
    let body = json!({ "ballots": [ballot(scene.second, "agree", &scene.key)] }).to_string();
    for content_type in ["text/plain", "application/x-www-form-urlencoded", "", "application/jsonx"] {
        for path in ["ballots", "proposals"] {
            let request = TestRequest::post().uri(&format!("{TOWN}/{path}")).set_payload(body.clone());
            let request = request.insert_header(("content-type", content_type));
            scene.voter.send(request).await.expect_problem(415, "unsupported_media_type");
        }
    }
    scene.expect_nothing_changed().await;
    let request = TestRequest::post().uri(&format!("{TOWN}/ballots")).set_payload(body);
    let request = request.insert_header(("content-type", "Application/JSON; charset=utf-8"));
    assert_eq!(scene.voter.send(request).await.json()["recorded"], 1);
}

#[actix_web::test]
async fn what_is_not_a_request_is_malformed() {
    let scene = Scene::set().await;
    let bodies: [&[u8]; 11] = [
        b"",
        b"{",
        b"[]",
        b"{}",
        br#"{"ballots":null}"#,
        br#"{"ballots":[{}]}"#,
        br#"{"ballots":[[1,"agree",[],"key"]]}"#,
        br#"[[{"proposal":1,"choice":"agree","key":"key"}]]"#,
        br#"{"ballots":[{"proposal":"1"}]}"#,
        b"{\"ballots\":[{\"proposal\":1,\"choice\":\"\xFF\"}]}",
        br#"{"ballots":[]} x"#,
    ];
    for body in bodies {
        let request = TestRequest::post().uri(&format!("{TOWN}/ballots")).set_payload(body);
        let request = request.insert_header(("content-type", "application/json"));
        scene.voter.send(request).await.expect_problem(400, "malformed");
    }
    for query in [
        "sequence?size=x",
        "sequence?size=-1",
        "sequence?size=0",
        "proposals?sort=best",
        "proposals?limit=x",
        "proposals?limit=0",
        "proposals?q=%FF",
        "proposals/similar?text=%C3",
        "proposals?after=x",
        "proposals/similar",
        "tallies?format=xml",
    ] {
        scene.voter.get(&format!("{TOWN}/{query}")).await.expect_problem(400, "malformed");
    }
    scene.voter.delete(&format!("{TOWN}/ballots/x")).await.expect_problem(400, "malformed");
    for body in [json!({}), json!(["agents"])] {
        scene.voter.put_json(&format!("{TOWN}/audience"), &body).await.expect_problem(400, "malformed");
    }
    let long = format!("{TOWN}/proposals?q={}", "x".repeat(5_000));
    scene.voter.get(&long).await.expect_problem(414, "query_too_long");
    scene.expect_nothing_changed().await;
}

#[actix_web::test]
async fn bytes_that_are_no_text_are_never_published() {
    let scene = Scene::set().await;
    let form = "application/x-www-form-urlencoded";
    let bodies: [&[u8]; 4] = [b"text=%FF%FE", b"text=Oui%C3", b"text=Oui&%FF=x", b"text=\xFF"];
    for body in bodies {
        let request = TestRequest::post().uri("/c/town/propose").insert_header(("content-type", form));
        let page = scene.voter.send(request.set_payload(body)).await;
        assert_eq!(page.status.as_u16(), 400, "{body:?}");
    }
    assert_eq!(scene.voter.get("/c/town/vote?n=%FF").await.status.as_u16(), 400);
    scene.expect_nothing_changed().await;
}

#[actix_web::test]
async fn a_proposal_has_1_to_140_characters() {
    let scene = Scene::set().await;
    let path = format!("{TOWN}/proposals");
    for (text, code) in
        [("é".repeat(141), "text_too_long"), (String::new(), "text_empty"), (" \n\t".into(), "text_empty")]
    {
        scene.voter.post_json(&path, &json!({ "text": text })).await.expect_problem(422, code);
    }
    for body in [json!({}), json!({ "text": null }), json!({ "text": 7 }), json!(["a text"])] {
        scene.voter.post_json(&path, &body).await.expect_problem(400, "malformed");
    }
    scene.expect_nothing_changed().await;

    let fits = scene.voter.post_json(&path, &json!({ "text": "é".repeat(140) })).await;
    assert_eq!(fits.status.as_u16(), 201);
    assert_eq!(fits.json(), json!({ "number": 3, "status": "pending" }));
}

#[actix_web::test]
async fn unknown_addresses_methods_and_names_each_have_their_answer() {
    let scene = Scene::set().await;
    let voter = &scene.voter;
    for slug in ["nowhere", "NoWhere", "..", "%20"] {
        for path in ["", "/sequence", "/ballots", "/proposals", "/tallies", "/report"] {
            let path = format!("/api/v1/consultations/{slug}{path}");
            voter.get(&path).await.expect_problem(404, "consultation_not_found");
        }
    }
    let nowhere = "/api/v1/consultations/nowhere/ballots";
    let ballots = json!({ "ballots": [ballot(1, "agree", "x")] });
    voter.post_json(nowhere, &ballots).await.expect_problem(404, "consultation_not_found");
    let unknown = json!({ "audience": "martians" });
    voter.put_json(&format!("{TOWN}/audience"), &unknown).await.expect_problem(422, "audience_unknown");
    for path in ["/api", "/api/v1", "/api/v2/consultations", "/api/v1/consultations/town/secrets"] {
        voter.get(path).await.expect_problem(404, "not_found");
    }
    let response = voter.send(by(Method::PATCH, &format!("{TOWN}/ballots"))).await;
    response.expect_problem(405, "method_not_allowed");
    assert_eq!(response.header("allow"), "GET, HEAD, POST");
    scene.expect_nothing_changed().await;
}

#[actix_web::test]
async fn a_draft_is_nowhere() {
    let site = Site::open().await;
    let mut draft = live("later");
    draft.calendar = gd_domain::Calendar::default();
    site.create(&draft).await;
    let browser = site.browser();
    browser.get("/api/v1/consultations/later").await.expect_problem(404, "consultation_not_found");
    assert_eq!(browser.get("/c/later").await.status.as_u16(), 404);
}

#[actix_web::test]
async fn who_proposes_without_end_is_asked_to_wait() {
    let site = Site::open_with(InProcessRateLimits::default(), |_| ()).await;
    let browser = site.browser();
    let mut recorded = 0;
    let refused = loop {
        let body = json!({ "text": format!("Proposition {recorded}") });
        let response = browser.post_json(&format!("{TOWN}/proposals"), &body).await;
        if response.status.as_u16() != 201 {
            break response;
        }
        recorded += 1;
    };
    refused.expect_problem(429, "rate_limited");
    assert!(refused.header("retry-after").parse::<u64>().unwrap() >= 1);
    let proposals = site.items("town").await.proposals().count();
    assert_eq!(proposals, recorded, "the refused one did nothing");
}

#[actix_web::test]
async fn proposals_without_end_of_ever_new_participants_are_slowed_by_network() {
    let site = Site::open_with(InProcessRateLimits::default(), |_| ()).await;
    let request = |page: bool, peer: &str, text: &str| {
        let path = if page { "/c/town/propose".to_owned() } else { format!("{TOWN}/proposals") };
        let request = TestRequest::post().uri(&path).peer_addr(peer.parse().unwrap());
        if page { request.set_form([("text", text)]) } else { request.set_json(json!({ "text": text })) }
    };
    let mut recorded = 0;
    let refused = loop {
        // Each request comes from a browser without a cookie, at another address of the same network.
        let peer = format!("[2001:db8:1:2::{recorded:x}]:1");
        let request = request(recorded % 2 == 0, &peer, &format!("Proposition {recorded}"));
        let response = site.browser().send(request).await;
        if response.status.as_u16() == 429 {
            break response;
        }
        assert!([201, 303].contains(&response.status.as_u16()), "{}", response.text());
        recorded += 1;
        assert!(recorded < 2_000, "never slowed");
    };
    assert!(refused.header("retry-after").parse::<u64>().unwrap() >= 1);
    let other = site.browser().send(request(false, "[2001:db8:1:3::1]:1", "D’ailleurs")).await;
    assert_eq!(other.status.as_u16(), 201, "others are not");
    let proposals = site.items("town").await.proposals().count();
    assert_eq!(proposals, recorded + 1, "the refused one did nothing");
}

#[actix_web::test]
async fn a_flood_from_one_address_is_slowed_and_others_are_not() {
    let site = Site::open_with(InProcessRateLimits::default(), |_| ()).await;
    let browser = site.browser();
    let from = |peer: &str| TestRequest::get().uri("/api/v1/nothing").peer_addr(peer.parse().unwrap());
    let mut requests = 0;
    while browser.send(from("203.0.113.9:1")).await.status.as_u16() != 429 {
        requests += 1;
        assert!(requests < 100_000, "never slowed");
    }
    assert_eq!(browser.send(from("203.0.113.10:1")).await.status.as_u16(), 404);
    let page = browser.send(TestRequest::get().uri("/").peer_addr("203.0.113.9:1".parse().unwrap())).await;
    assert_eq!(page.status.as_u16(), 429);
    assert!(page.header("content-type").starts_with("text/html"), "pages respond with pages");
    assert_eq!(browser.get("/health/ready").await.status.as_u16(), 200, "probes are not rationed");
}
