//! Recomputing the report: the exact commands, and the digests to compare.

use gd_domain::{Language, Position, Slug, Thresholds};
use gd_report::Report;

use crate::frame::Here;
use crate::frame::words::number;

/// The origin of a report, as far as it is known.
#[derive(Clone, Copy, Debug, Default)]
pub struct Provenance<'a> {
    /// The consultation's short name; none of a report made from files.
    pub slug: Option<&'a Slug>,
    /// The position of the ledger up to which ballots are counted.
    pub position: Option<Position>,
    /// The name of the time zone its dates are written in; that of no zone is UTC.
    pub time_zone: &'a str,
}

impl<'a> Provenance<'a> {
    /// A report of this consultation, made at this position of its ledger.
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "templates pass references")]
    pub(crate) fn of(here: &Here<'a>, position: &Position) -> Self {
        let description = &here.consultation.description;
        Self {
            slug: Some(here.consultation.slug()),
            position: Some(*position),
            time_zone: &description.presentation.time_zone,
        }
    }
}

/// The commands to type and the values to compare.
pub(crate) struct Recompute {
    /// Writes the open data; none where the report was made from files.
    pub(crate) export: Option<String>,
    pub(crate) analyse: String,
    /// Names and values that tell this report from others.
    pub(crate) facts: Vec<(&'static str, String)>,
}

/// Entries of a shortlist unless somebody asked for another number.
const SHORTLIST_SIZE_USUAL: u8 = 10;

impl Recompute {
    pub(crate) fn of(report: &Report, provenance: &Provenance<'_>, language: Language) -> Self {
        let export = provenance
            .slug
            .map(|slug| format!("grand-dialogue export --slug {slug} --format csv --out open-data"));
        let folder = if export.is_some() { "open-data/" } else { "" };
        let mut facts = vec![
            ("recompute-method", report.method.to_string()),
            ("recompute-seed", report.seed.to_string()),
        ];
        if let Some(Position(position)) = provenance.position {
            facts.push(("recompute-position", number(language, position)));
        }
        if !report.input.digest.is_empty() {
            facts.push(("recompute-digest", report.input.digest.clone()));
        }
        Self { export, analyse: analyse(report, folder), facts }
    }
}

/// The command that makes the report of files in this folder, and the one that compares.
fn analyse(report: &Report, folder: &str) -> String {
    let mut words = vec![format!(
        "grand-dialogue analyze --votes {folder}ballots.csv --comments {folder}proposals.csv --method {} --seed {}",
        report.method, report.seed
    )];
    if report.thresholds != Thresholds::default() {
        words.push(format!("--thresholds {}", report.thresholds));
    }
    let size = report.shortlist_audit.as_ref().map(|audit| audit.size);
    if let Some(size) = size.filter(|size| ![0, SHORTLIST_SIZE_USUAL].contains(size)) {
        words.push(format!("--shortlist-size {size}"));
    }
    if let Some(weighting) = &report.weighting {
        words.push("--population population.csv".to_owned());
        words.extend(weighting.weight_limit.map(|limit| format!("--weight-max {limit}")));
    }
    if let Some(question) = &report.compared {
        words.push(format!("--compare {question}"));
    }
    if report.grouping.is_some_and(|grouping| grouping.given) {
        words.push("--groups groups.csv".to_owned());
    }
    format!("{} --format json > recomputed.json\ndiff recomputed.json report.json", words.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report(more: &str) -> Report {
        let input = r#""input":{"ballots":2,"participants":1,"proposals":2,"digest":"sha256:00"}"#;
        serde_json::from_str(&format!(r#"{{"method":"polis","seed":7,{input},"proposals":[]{more}}}"#))
            .unwrap()
    }

    #[test]
    fn the_command_says_all_that_was_asked_of_the_analysis() {
        let plain = Recompute::of(&report(""), &Provenance::default(), Language::En);
        assert_eq!(plain.export, None);
        assert_eq!(
            plain.analyse.lines().next().unwrap(),
            "grand-dialogue analyze --votes ballots.csv --comments proposals.csv --method polis --seed 7 \
             --format json > recomputed.json"
        );
        let thresholds = serde_json::to_string(&Thresholds { majority_percent: 66, ..Thresholds::default() });
        let weighting = r#"{"participants":9,"undeclared":0,"margins":[],"effective_participants":7.5,"weight_limit":2.5}"#;
        let asked = format!(
            r#","thresholds":{},"grouping":{{"given":true,"votes_min":1,"participants":9}},"compared":"age","weighting":{weighting}"#,
            thresholds.unwrap()
        );
        let slug: Slug = "town".parse().unwrap();
        let provenance = Provenance { slug: Some(&slug), position: Some(Position(12_345)), time_zone: "" };
        let full = Recompute::of(&report(&asked), &provenance, Language::En);
        assert_eq!(
            full.export.as_deref(),
            Some("grand-dialogue export --slug town --format csv --out open-data")
        );
        for part in [
            "--votes open-data/ballots.csv",
            "majority=66",
            "--population population.csv --weight-max 2.5 --compare age",
            "--groups groups.csv",
        ] {
            assert!(full.analyse.contains(part), "{part}: {}", full.analyse);
        }
        assert!(full.facts.contains(&("recompute-position", "12,345".to_owned())));
        assert!(full.facts.contains(&("recompute-digest", "sha256:00".to_owned())));
    }
}
