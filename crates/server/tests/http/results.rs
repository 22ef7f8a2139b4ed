//! The results page and the files of the report it shows.

use actix_web::http::StatusCode;
use actix_web::test::TestRequest;
use gd_domain::ResultsVisibility;
use serde_json::{Value, json};

use crate::support::{Browser, Site, by};

/// The files of a report with the first bytes of each.
const FILES: [(&str, &str, &[u8]); 5] = [
    ("report.json", "application/json", b"{\""),
    ("report.html", "text/html; charset=utf-8", b"<!doctype html>"),
    ("proposals.csv", "text/csv; charset=utf-8", b"number,text,"),
    ("shortlist.csv", "text/csv; charset=utf-8", b"place,number,text,"),
    ("shortlist.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", b"PK"),
];

fn report() -> Value {
    let share = |mean: f64| json!({ "mean": mean, "low": mean - 0.04, "high": mean + 0.04 });
    let counts = json!({ "agree": 90, "disagree": 6, "neutral": 4 });
    let shares = json!({ "agree": share(0.9), "disagree": share(0.06), "neutral": share(0.04) });
    json!({
        "consultation": "town", "method": "calibrated", "seed": 7,
        "input": { "ballots": 100, "participants": 100, "proposals": 1, "digest": "sha256:1f2e" },
        "proposals": [{
            "number": 1, "text": "=Des bancs <à l’ombre>", "counts": counts, "shares": shares,
            "label": "consensus", "likeliest": "consensus", "confidence": 0.99, "by_audience": {},
        }],
        "shortlist": [{
            "proposals": [1], "supporters": 90, "newly_represented": 90, "only_here": 90, "represented": 90,
            "agree": share(0.9),
        }],
        "limits": [],
    })
}

async fn publish(site: &Site, slug: &str, position: u64, report: &str) {
    site.clock.advance_ms(1_000);
    site.publish_report(slug, position, report).await;
}

async fn quiet(site: &Site) -> Browser {
    let mut draft = gd_testkit::consultation_draft("quiet");
    draft.rules.results = ResultsVisibility::Hidden;
    site.create(&draft).await;
    site.browser()
}

#[actix_web::test]
async fn the_files_of_a_report_are_there_once_it_is_published() {
    let site = Site::open().await;
    let browser = quiet(&site).await;
    for (name, _, _) in FILES {
        let hidden = browser.get(&format!("/c/quiet/results/{name}")).await;
        assert_eq!(hidden.status, StatusCode::FORBIDDEN, "{name}");
        assert!(hidden.text().contains("Les résultats ne sont pas encore publiés"));
        let awaited = browser.get(&format!("/c/town/results/{name}")).await;
        assert_eq!(awaited.status, StatusCode::NOT_FOUND, "{name}");
        assert!(awaited.text().contains("Le premier rapport se prépare"));
    }
    publish(&site, "quiet", 12_345, &report().to_string()).await;
    for (name, content_type, start) in FILES {
        let file = browser.get(&format!("/c/quiet/results/{name}")).await;
        assert_eq!((file.status, file.header("content-type")), (StatusCode::OK, content_type), "{name}");
        assert!(file.body.starts_with(start), "{name}: {}", file.text());
        assert_eq!(
            file.header("content-disposition"),
            format!("attachment; filename=\"quiet-{name}\""),
            "{name}"
        );
    }
    assert_eq!(browser.cookie("gd_participant"), None, "reading needs no cookie");
    for unknown in ["report.pdf", "report.json/x", "..%2Freport.json"] {
        let missing = browser.get(&format!("/c/quiet/results/{unknown}")).await;
        assert_eq!(missing.status, StatusCode::NOT_FOUND, "{unknown}");
    }
}

#[actix_web::test]
async fn a_file_is_made_once_and_not_sent_to_who_holds_it() {
    let site = Site::open().await;
    publish(&site, "town", 1, &report().to_string()).await;
    let browser = site.browser();
    for (name, _, _) in FILES {
        let path = format!("/c/town/results/{name}");
        let first = browser.get(&path).await;
        let tag = first.header("etag").to_owned();
        assert!(first.header("cache-control").starts_with("public, max-age="), "{name}");
        let again = browser.send(TestRequest::get().uri(&path).insert_header(("if-none-match", tag))).await;
        assert_eq!((again.status, again.body.len()), (StatusCode::NOT_MODIFIED, 0), "{name}");
        let head = browser.send(by(actix_web::http::Method::HEAD, &path)).await;
        assert_eq!(head.header("etag"), first.header("etag"), "{name}");
    }
    let mut changed = report();
    changed["seed"] = json!(8);
    publish(&site, "town", 2, &changed.to_string()).await;
    assert_eq!(browser.get("/c/town/results/report.json").await.json()["seed"], 8);
    let api = browser.get("/api/v1/consultations/town/report").await;
    assert_eq!(api.body, browser.get("/c/town/results/report.json").await.body);
}

#[actix_web::test]
async fn files_with_words_speak_the_readers_language() {
    let site = Site::open().await;
    publish(&site, "town", 1, &report().to_string()).await;
    let browser = site.browser();
    let english = |path: &str| TestRequest::get().uri(path).insert_header(("accept-language", "en"));
    for name in ["report.html", "shortlist.csv", "shortlist.xlsx"] {
        let path = format!("/c/town/results/{name}");
        let (french, english) = (browser.get(&path).await, browser.send(english(&path)).await);
        assert_ne!(french.body, english.body, "{name}");
        assert!(english.header("vary").contains("accept-language"), "{name}");
    }
    let table = browser.get("/c/town/results/proposals.csv").await;
    assert!(table.text().contains("'=Des bancs <à l’ombre>"), "no formula for a spreadsheet");
    let document = browser.get("/c/town/results/report.html").await.text();
    assert!(document.contains("=Des bancs &#60;à l’ombre&#62;") && !document.contains("<script"));
}

#[actix_web::test]
async fn the_page_tells_how_to_make_the_report_again() {
    let site = Site::open().await;
    publish(&site, "town", 12_345, &report().to_string()).await;
    let page = site.browser().get("/c/town/results").await.text();
    for part in [
        "href=\"/c/town/results/shortlist.xlsx\" download",
        "grand-dialogue export --slug town --format csv --out open-data",
        "--method calibrated --seed 7 --format json",
        "12\u{202f}345",
        "sha256:1f2e",
    ] {
        assert!(page.contains(part), "{part}");
    }
}

#[actix_web::test]
async fn a_report_that_cannot_be_read_is_told_calmly() {
    let site = Site::open().await;
    publish(&site, "town", 1, "{}").await;
    let browser = site.browser();
    assert_eq!(browser.get("/c/town/results").await.status, StatusCode::INTERNAL_SERVER_ERROR);
    for name in ["report.html", "proposals.csv", "shortlist.xlsx"] {
        let failed = browser.get(&format!("/c/town/results/{name}")).await;
        assert_eq!(failed.status, StatusCode::INTERNAL_SERVER_ERROR, "{name}");
        assert_eq!(failed.header("content-disposition"), "", "{name}");
    }
}
