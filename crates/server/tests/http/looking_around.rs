//! The list of proposals, their own pages, receipts, and downloading or erasing one's data.

use actix_web::http::StatusCode;
use gd_domain::RefusalReason;
use gd_engine::Decision;
use serde_json::{Value, json};

use crate::support::{Browser, Site, TOWN, ballot};

/// The numbers of the proposals a page lists, in its order.
fn listed(page: &str) -> Vec<u32> {
    let marks = page.split("class=\"cover\" href=\"/c/town/proposals/").skip(1);
    marks.map(|after| after.split('"').next().unwrap().parse().unwrap()).collect()
}

async fn cast(browser: &Browser, ballots: &[(u32, &str)]) {
    let keys = browser.keys("town").await;
    let ballots = ballots.iter().map(|&(number, choice)| ballot(number, choice, &keys[&number]));
    browser.cast("town", &Value::Array(ballots.collect())).await;
}

#[actix_web::test]
async fn proposals_are_listed_in_the_order_asked_for() {
    let site = Site::open().await;
    site.publish("town", &["Un banc", "Un marché", "Un verger"]).await;
    for choices in [["agree", "agree"], ["agree", "disagree"], ["agree", "agree"]] {
        cast(&site.browser(), &[(1, choices[0]), (2, choices[1])]).await;
    }
    site.settle().await;
    let browser = site.browser();
    for (sort, order) in
        [("new", [3, 2, 1]), ("fewest", [3, 2, 1]), ("consensus", [1, 2, 3]), ("controversy", [2, 3, 1])]
    {
        let page = browser.get(&format!("/c/town/proposals?sort={sort}")).await;
        assert_eq!((page.status, listed(&page.text())), (StatusCode::OK, order.to_vec()), "{sort}");
        assert!(page.header("cache-control").starts_with("public"));
    }
    assert_eq!(browser.cookie("gd_participant"), None, "reading needs no cookie");
    assert_eq!(listed(&browser.get("/c/town/proposals?q=MARCHE").await.text()), [2]);
    assert!(listed(&browser.get("/c/town/proposals?q=rien&theme=none").await.text()).is_empty());
    let nonsense = browser.get("/c/town/proposals?sort=up&after=x&theme=%22%3E").await;
    assert_eq!(listed(&nonsense.text()), [3, 2, 1], "an address may have been mangled on its way");
}

#[actix_web::test]
async fn pages_of_a_list_hold_each_proposal_once() {
    let site = Site::open().await;
    let texts = (1..=45).map(|number| format!("Proposition {number}")).collect::<Vec<_>>();
    site.publish("town", &texts.iter().map(String::as_str).collect::<Vec<_>>()).await;
    for sort in ["new", "fewest", "consensus"] {
        let (mut all, mut path) = (Vec::new(), Some(format!("/c/town/proposals?sort={sort}&q=proposition")));
        while let Some(next) = path {
            let page = site.browser().get(&next).await.text();
            all.extend(listed(&page));
            let link = page.split("rel=\"next\" href=\"").nth(1);
            path = link.map(|after| after.split('"').next().unwrap().replace("&amp;", "&"));
        }
        assert_eq!(all, (1..=45).rev().collect::<Vec<_>>(), "{sort}");
    }
}

#[actix_web::test]
async fn orders_that_tell_results_wait_for_them() {
    let site = Site::open().await;
    let mut hidden = gd_testkit::consultation_draft("quiet");
    hidden.rules.results = gd_domain::ResultsVisibility::Hidden;
    site.create(&hidden).await;
    site.publish("quiet", &["Un", "Deux"]).await;
    let page = site.browser().get("/c/quiet/proposals?sort=consensus").await.text();
    assert!(!page.contains("value=\"consensus\"") && page.contains("value=\"fewest\""));
    let browser = site.browser();
    browser.get("/c/quiet/proposals/1").await;
    browser.get("/c/quiet/proposals/1/totals").await;
    assert_eq!(browser.get("/c/quiet/proposals/1/totals").await.status, StatusCode::FORBIDDEN);
}

#[actix_web::test]
async fn a_proposal_is_voted_on_at_its_own_address() {
    let site = Site::open().await;
    site.publish("town", &["Des bancs <à l’ombre>"]).await;
    let browser = site.browser();
    let page = browser.get("/c/town/proposals/1").await;
    assert!(page.text().contains("property=\"og:title\" content=\"Des bancs &#60;à l’ombre&#62;\""));
    assert!(!page.text().contains("class=\"chart\""), "no totals before one's own vote");
    let (proposal, key) = (page.field("proposal"), page.field("key"));
    let fields = [("proposal", &*proposal), ("key", &*key), ("choice", "agree")];
    let voted = browser.submit("/c/town/proposals/1", &fields).await;
    assert!(voted.text().contains("choice-agree\" name=\"choice\" value=\"agree\" aria-pressed=\"true\""));
    assert!(voted.text().contains("class=\"chart\""));
    let totals = site.browser().get("/c/town/proposals/1/totals").await;
    assert_eq!(
        (totals.status, totals.text().starts_with("<p class=\"totals-title\">")),
        (StatusCode::OK, true)
    );

    let forged = [("proposal", "1"), ("key", "forged"), ("choice", "agree")];
    let refused = browser.post_form("/c/town/proposals/1", &forged).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    assert!(
        refused.text().contains("href=\"/c/town/proposals/1\""),
        "a page with a fresh card is one press away"
    );
    site.submit("town", "Pas encore lue").await;
    for unseen in ["2", "99", "-1", "x"] {
        let path = format!("/c/town/proposals/{unseen}");
        assert_eq!(browser.get(&path).await.status, StatusCode::NOT_FOUND, "{unseen}");
        assert_eq!(browser.get(&format!("{path}/totals")).await.status, StatusCode::NOT_FOUND, "{unseen}");
    }
}

#[actix_web::test]
async fn a_receipt_tells_what_became_of_a_proposal() {
    let site = Site::open().await;
    let (anna, bruno) = (site.browser(), site.browser());
    let thanks = anna.submit("/c/town/propose", &[("text", "Des bancs pour Mme Dupont")]).await;
    let receipt =
        thanks.text().split("href=\"/c/town/receipts/").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let receipt = format!("/c/town/receipts/{receipt}");
    assert!(bruno.get(&receipt).await.text().contains("Des bancs pour Mme Dupont"));
    site.moderate("town", 1, Decision::Refuse(RefusalReason::parse("Elle nomme une personne.").unwrap()))
        .await;
    let refused = bruno.get(&receipt).await;
    assert_eq!(refused.header("cache-control"), "private, no-store");
    assert!(refused.text().contains("Elle nomme une personne."));
    assert!(refused.text().contains("/c/town/propose?text=Des%20bancs%20pour%20Mme%20Dupont"));
    let again = anna.get("/c/town/propose?text=Des%20bancs%20%3Cpour%3E").await;
    assert!(again.text().contains("Des bancs &#60;pour&#62;</textarea>"));
    assert_eq!(bruno.get(&format!("{receipt}x")).await.status, StatusCode::NOT_FOUND);
    assert!(anna.get("/c/town/votes").await.text().contains(&receipt));
    assert!(!bruno.get("/c/town/votes").await.text().contains("receipts/"));
}

#[actix_web::test]
async fn a_participation_is_taken_along_and_erased() {
    let site = Site::open().await;
    site.publish("town", &["Un", "Deux"]).await;
    let browser = site.browser();
    cast(&browser, &[(1, "agree"), (2, "neutral")]).await;
    browser.put_json(&format!("{TOWN}/audience"), &json!({ "audience": "staff" })).await;
    browser.submit("/c/town/propose", &[("text", "Trois bancs rouges")]).await;

    let data = browser.get("/c/town/votes/data").await;
    assert_eq!(data.header("content-disposition"), "attachment; filename=\"town.json\"");
    let data = data.json();
    assert_eq!(data["audience"], "staff");
    assert_eq!(data["ballots"][1]["choice"], "neutral");
    assert_eq!(data["proposals"][0]["text"], "Trois bancs rouges");

    let asked = browser.get("/c/town/votes/erase").await;
    assert_eq!(asked.status, StatusCode::OK);
    assert_eq!(browser.get(&format!("{TOWN}/ballots")).await.json()["ballots"].as_array().unwrap().len(), 2);
    let done = browser.submit("/c/town/votes/erase", &[]).await;
    assert_eq!((done.status, browser.cookie("gd_participant")), (StatusCode::OK, None));
    site.settle().await;
    let tallies = browser.get(&format!("{TOWN}/tallies")).await.json();
    assert_eq!(tallies["proposals"][0]["agree"], 0);

    let stranger = site.browser();
    assert_eq!(stranger.submit("/c/town/votes/erase", &[]).await.status, StatusCode::OK);
    assert_eq!(stranger.get("/c/town/votes/data").await.json()["ballots"], json!([]));
}

#[actix_web::test]
async fn pauses_come_between_cards_and_let_one_go_on() {
    let site = Site::open().await;
    site.publish("town", &["Un", "Deux"]).await;
    let browser = site.browser();
    let audience = browser.get("/c/town/vote?n=4").await;
    assert!(
        audience.text().contains("value=\"/c/town/vote?n=4&#38;on=1\"")
            && !audience.text().contains("name=\"key\"")
    );
    browser.submit("/c/town/audience", &[("audience", ""), ("return_to", "/c/town/vote?n=4")]).await;
    assert!(browser.get("/c/town/vote?n=4").await.text().contains("name=\"key\""), "asked once");
    let invitation = browser.get("/c/town/vote?n=7").await;
    assert!(!invitation.text().contains("name=\"key\""));
    assert!(browser.get("/c/town/vote?n=7&on=1").await.text().contains("name=\"key\""));
}

#[actix_web::test]
async fn a_participation_goes_on_in_another_browser_once() {
    let site = Site::open().await;
    site.publish("town", &["Un", "Deux"]).await;
    let (first, second, third) = (site.browser(), site.browser(), site.browser());
    assert_eq!(first.submit("/c/town/votes/link", &[]).await.status, StatusCode::OK, "leads back");
    assert_eq!(first.cookie("gd_participant"), None, "nothing to take along yet");
    cast(&first, &[(1, "agree")]).await;
    first.put_json(&format!("{TOWN}/audience"), &json!({ "audience": "staff" })).await;
    let offered = first.post_form("/c/town/votes/link", &[]).await;
    assert_eq!(offered.header("cache-control"), "private, no-store");
    let link = offered
        .text()
        .split("href=\"/c/town/continue/")
        .nth(1)
        .unwrap()
        .split('"')
        .next()
        .unwrap()
        .to_owned();
    let link = format!("/c/town/continue/{link}");

    cast(&second, &[(2, "disagree")]).await;
    let asked = second.get(&link).await;
    assert!(asked.status == StatusCode::OK && asked.text().contains("class=\"notice\""));
    let mine = second.submit(&link, &[]).await;
    assert!(mine.text().contains("id=\"vote-1\"") && !mine.text().contains("id=\"vote-2\""));
    assert_eq!(second.cookie("gd_participant"), first.cookie("gd_participant"), "the audience goes along");

    for spent in [link.clone(), format!("{link}x"), "/c/town/continue/x".to_owned()] {
        let refused = third.post_form(&spent, &[]).await;
        assert_eq!((refused.status, third.cookie("gd_participant")), (StatusCode::GONE, None), "{spent}");
    }
    let another = first.post_form("/c/town/votes/link", &[]).await.text();
    let another =
        another.split("href=\"/c/town/continue/").nth(1).unwrap().split('"').next().unwrap().to_owned();
    site.clock.advance_ms(10 * 60 * 1000);
    assert_eq!(third.get(&format!("/c/town/continue/{another}")).await.status, StatusCode::GONE);
}

#[actix_web::test]
async fn what_the_law_asks_for_is_told_in_the_organisations_words_or_in_ours() {
    let site = Site::open().await;
    let mut told = gd_testkit::consultation_draft("told");
    told.presentation.notices.legal = "## Qui publie\n\nLa <ville>,\n1 place du Marché".into();
    told.presentation.time_zone = "Europe/Paris".into();
    site.create(&told).await;
    let browser = site.browser();
    for notice in ["privacy", "accessibility", "legal"] {
        let page = browser.get(&format!("/c/town/{notice}")).await;
        assert!(page.status == StatusCode::OK && page.text().contains("Ville d’Essai"), "{notice}");
        assert!(browser.get("/c/town").await.text().contains(&format!("href=\"/c/town/{notice}\"")));
    }
    let page = browser.get("/c/told/legal").await.text();
    assert!(
        page.contains("<h2>Qui publie</h2>")
            && page.contains("<p>La &#60;ville&#62;,<br>1 place du Marché</p>")
    );
    assert!(browser.get("/c/told").await.text().contains("(UTC+2)"));
    assert_eq!(browser.cookie("gd_participant"), None);
}

#[actix_web::test]
async fn every_proposal_begins_with_the_organizers_words() {
    let site = Site::open().await;
    let mut draft = gd_testkit::consultation_draft("prefixed");
    draft.presentation.answer_prefix = "Il faut".into();
    site.create(&draft).await;
    let browser = site.browser();
    let form = browser.get("/c/prefixed/propose").await.text();
    assert!(form.contains("data-prefix=\"Il faut\""));
    assert!(
        browser
            .submit("/c/prefixed/propose", &[("text", "des bancs")])
            .await
            .text()
            .contains(">Il faut des bancs<")
    );
    assert!(
        browser
            .submit("/c/prefixed/propose", &[("text", "il faut un marché")])
            .await
            .text()
            .contains(">il faut un marché<")
    );
    let long = browser.post_form("/c/prefixed/propose", &[("text", &"a".repeat(133))]).await;
    assert_eq!(long.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        long.text().contains("data-used>141<")
            && long.text().contains(&format!("\n{}</textarea>", "a".repeat(133)))
    );
    let again = browser.get("/c/prefixed/propose?text=Il%20faut%20des%20bancs").await;
    assert!(again.text().contains("\ndes bancs</textarea>"));
    let empty = browser.post_form("/c/prefixed/propose", &[("text", "  ")]).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[actix_web::test]
async fn a_search_gives_the_nearest_first_page_by_page() {
    let site = Site::open().await;
    let mut texts =
        vec!["Une piste cyclable à l’école".to_owned(), "Des pistes, et un vélo cyclable".to_owned()];
    texts.extend((3..=25).map(|number| format!("Moins de pistes cyclables vers la place {number}")));
    texts.push("Un vélodrome".to_owned());
    site.publish("town", &texts.iter().map(String::as_str).collect::<Vec<_>>()).await;
    let browser = site.browser();
    let (mut all, mut path) = (Vec::new(), Some("/c/town/proposals?q=piste+cyclable".to_owned()));
    while let Some(next) = path {
        let page = browser.get(&next).await.text();
        all.extend(listed(&page));
        let link = page.split("rel=\"next\" href=\"").nth(1);
        path = link.map(|after| after.split('"').next().unwrap().replace("&amp;", "&"));
    }
    // First the matches as typed, then those with one word as typed, then other forms of both, the latest first.
    let expected = [1, 2].into_iter().chain((3..=25).rev()).collect::<Vec<_>>();
    assert_eq!(all, expected);

    let found = |query: &'static str| {
        let browser = browser.clone();
        async move { listed(&browser.get(&format!("/c/town/proposals?q={query}")).await.text()) }
    };
    assert_eq!(found("l%27%C3%89COLE").await, [1], "elisions, case and accents aside");
    assert_eq!(found("%22pistes%20et%22").await, [2], "quoted, word for word");
    assert_eq!(found("velo&sort=new").await, [26, 2], "in the order asked for");
    assert_eq!(found("velo").await, [2, 26], "the word itself before a longer one");
}
