//! The stored outputs of the real Polis math worker, reproduced with its groups given.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use gd_analyzer::{
    Direction, GivenGroups, MethodKind, ProposalCard, ProposalResult, Report, VoteTable, analyze,
    where_do_i_stand,
};
use gd_domain::{Choice, ItemNumber, ModerationStatus, ParticipantId, Slug, StandingBallot};
use serde_json::Value;

use crate::real_folders::{csv_rows, real_data, standing_of_events};
use crate::tables::{card, method};

/// The folders, and whether their priorities were computed at all.
const FOLDERS: [(&str, bool); 3] = [
    ("150ptpt-3gp-no-strict-no-meta", true),
    ("50ptpt-3gp-strict-no-meta", false),
    ("below-100-ptpts", true),
];

struct Output {
    name: &'static str,
    ballots: Vec<StandingBallot>,
    expected: Value,
    report: Report,
}

fn outputs() -> Vec<Output> {
    let Some(folder) = real_data() else { return Vec::new() };
    FOLDERS.map(|(name, _)| output(name, &folder.join("real-math").join(name))).into()
}

fn output(name: &'static str, folder: &Path) -> Output {
    let file = |name: &str| fs::read_to_string(folder.join(name)).unwrap();
    let status = |moderated: &str| match moderated {
        "-1" => ModerationStatus::Refused,
        _ => ModerationStatus::Published,
    };
    let comment =
        |row: &Vec<String>| ProposalCard { status: status(&row[1]), ..card(row[0].parse().unwrap(), "") };
    let cards: Vec<ProposalCard> = csv_rows(&file("comments.csv"))[1..].iter().map(comment).collect();
    let ballots = standing_of_events(&csv_rows(&file("votes.csv"))[1..]);
    let expected: Value = serde_json::from_str(&file("expected.json")).unwrap();
    let groups = GivenGroups::new(ballots.iter().map(|one| one.participant), &members(&expected)).unwrap();
    let table = VoteTable::new(cards, Vec::new(), ballots.clone()).unwrap().with_groups(groups).unwrap();
    let report = analyze(&table, &method(MethodKind::Polis));
    Output { name, ballots, expected, report }
}

fn members(expected: &Value) -> BTreeMap<ParticipantId, Slug> {
    let groups = expected["groups"].as_object().unwrap().iter();
    let member = |one: &Value| ParticipantId::from_number(one.as_i64().unwrap()).unwrap();
    groups
        .flat_map(|(id, members)| {
            members.as_array().unwrap().iter().map(move |one| (member(one), id.parse().unwrap()))
        })
        .collect()
}

impl Output {
    fn proposal(&self, number: &str) -> &ProposalResult {
        let found = self.report.proposals.iter().find(|one| one.number.to_string() == number);
        found.unwrap_or_else(|| panic!("{}: no proposal {number}", self.name))
    }

    /// Numbers in the order of the report's proposals: the output has an order of its own.
    fn by_proposal(&self, values: &Value) -> Vec<f64> {
        let order = numbers(&self.expected["tids"]);
        let placed: BTreeMap<u32, f64> = order
            .into_iter()
            .zip(values.as_array().unwrap().iter().map(|one| one.as_f64().unwrap()))
            .collect();
        placed.into_values().collect()
    }
}

fn numbers(list: &Value) -> Vec<u32> {
    list.as_array().unwrap().iter().map(|one| u32::try_from(one.as_u64().unwrap()).unwrap()).collect()
}

fn assert_near(found: f64, expected: f64, what: &str) {
    assert!((found - expected).abs() <= 1e-6, "{what}: {found} for {expected}");
}

/// 1 − |cos| of the angle between two vectors.
fn off(one: &[f64], other: &[f64]) -> f64 {
    let dot = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(x, y)| x * y).sum::<f64>();
    1.0 - dot(one, other).abs() / (dot(one, one) * dot(other, other)).sqrt()
}

#[test]
fn every_column_is_there_with_its_status() {
    for output in outputs() {
        let found: Vec<u32> = output.report.proposals.iter().map(|one| one.number.0).collect();
        let mut expected = numbers(&output.expected["tids"]);
        expected.sort_unstable();
        assert_eq!(found, expected, "{}", output.name);
        let out: Vec<u32> =
            output.report.proposals.iter().filter(|one| one.is_set_aside()).map(|one| one.number.0).collect();
        let mut expected = numbers(&output.expected["mod-out"]);
        expected.sort_unstable();
        assert_eq!(out, expected, "{}", output.name);
        assert_eq!(output.report.input.participants, output.expected["n"].as_u64().unwrap());
    }
}

#[test]
fn center_and_components_are_the_same() {
    for output in outputs() {
        let (projection, pca) = (output.report.projection.as_ref().unwrap(), &output.expected["pca"]);
        let center = output.by_proposal(&pca["center"]);
        for (found, expected) in projection.center.iter().zip(&center) {
            assert_near(*found, -expected, output.name);
        }
        assert!(off(&projection.center, &center) <= 1e-9);
        assert!(projection.converged);
        for (place, found) in projection.components.iter().enumerate() {
            let off = off(found, &output.by_proposal(&pca["comps"][place]));
            assert!(off <= 1e-9, "{} component {place}: {off}", output.name);
        }
        for (found, expected) in
            output.report.proposals.iter().zip(output.by_proposal(&pca["comment-extremity"]))
        {
            assert_near(
                found.extremity.unwrap(),
                expected,
                &format!("{} extremity of {}", output.name, found.number),
            );
        }
    }
}

#[test]
fn participants_lie_where_polis_has_them() {
    for output in outputs() {
        let base = &output.expected["base-clusters"];
        let signs = [0, 1].map(|place| {
            let projection = output.report.projection.as_ref().unwrap();
            let expected = output.by_proposal(&output.expected["pca"]["comps"][place]);
            let along: f64 = projection.components[place].iter().zip(&expected).map(|(x, y)| x * y).sum();
            // The output counts agree as −1.
            -along.signum()
        });
        for (cluster, members) in base["members"].as_array().unwrap().iter().enumerate() {
            let positions: Vec<[f64; 2]> =
                numbers(members).into_iter().map(|one| output.position(one)).collect();
            for (axis, name) in ["x", "y"].into_iter().enumerate() {
                let people = u32::try_from(positions.len()).unwrap();
                let mean = positions.iter().map(|one| one[axis]).sum::<f64>() / f64::from(people);
                let expected = base[name][cluster].as_f64().unwrap();
                assert_near(mean * signs[axis], expected, &format!("{} {name} of {members}", output.name));
            }
        }
    }
}

impl Output {
    fn position(&self, participant: u32) -> [f64; 2] {
        let own = self.ballots.iter().filter(|one| one.participant.number() == i64::from(participant));
        let votes: BTreeMap<ItemNumber, Choice> =
            own.map(|one| (one.proposal, one.opinion.choice())).collect();
        where_do_i_stand(&self.report, &votes).unwrap().position
    }
}

#[test]
fn consensus_across_groups_and_priorities_are_the_same() {
    for (output, (_, with_priorities)) in outputs().into_iter().zip(FOLDERS) {
        for (number, expected) in output.expected["group-aware-consensus"].as_object().unwrap() {
            let found = output.proposal(number).group_informed_consensus.unwrap();
            assert_near(found, expected.as_f64().unwrap(), &format!("{} consensus on {number}", output.name));
        }
        for (number, expected) in output.expected["comment-priorities"].as_object().unwrap() {
            if with_priorities {
                let found = output.proposal(number).priority.unwrap();
                assert_near(
                    found,
                    expected.as_f64().unwrap(),
                    &format!("{} priority of {number}", output.name),
                );
            }
        }
    }
}

#[test]
fn representative_statements_are_the_same_in_the_same_order() {
    for output in outputs() {
        for (id, expected) in output.expected["repness"].as_object().unwrap() {
            let group = output.report.groups.iter().find(|group| group.id.as_str() == id).unwrap();
            let expected = expected.as_array().unwrap();
            assert_eq!(group.representative.len(), expected.len(), "{} group {id}", output.name);
            assert_eq!(group.size, output.expected["groups"][id].as_array().unwrap().len() as u64);
            for (found, expected) in group.representative.iter().zip(expected) {
                let what = format!("{} group {id}: {found:?} for {expected}", output.name);
                assert_eq!(u64::from(found.proposal.0), expected["tid"].as_u64().unwrap(), "{what}");
                let direction = match found.direction {
                    Direction::Agree => "agree",
                    Direction::Disagree => "disagree",
                };
                assert_eq!(direction, expected["repful-for"], "{what}");
                let part = |name: &str| expected[name].as_f64().unwrap();
                let score = part("repness") * part("repness-test") * part("p-success") * part("p-test");
                // The output keeps one of the four factors with the seven digits of a short float.
                assert!((found.score - score).abs() <= 1e-6 * score.abs().max(1.0), "{what}: {score}");
            }
        }
    }
}

#[test]
fn majority_statements_are_the_same_in_the_same_order() {
    for output in outputs() {
        let majority = &output.report.majority;
        for (found, side) in [(&majority.agree, "agree"), (&majority.disagree, "disagree")] {
            let expected = output.expected["consensus"][side].as_array().unwrap();
            let expected: Vec<u64> = expected.iter().map(|one| one["tid"].as_u64().unwrap()).collect();
            let found: Vec<u64> = found.iter().map(|number| u64::from(number.0)).collect();
            assert_eq!(found, expected, "{} {side}", output.name);
        }
    }
}
