//! One idea holds near-identical proposals, and its supporters are counted once.

use gd_analyzer::{
    IdeaResult, IdeaRule, IdeaSource, Method, ProposalCard, Report, VoteTable, analyze, render_text,
};
use gd_domain::{Choice, ItemNumber, ModerationStatus, StandingBallot};
use proptest::prelude::*;

use crate::tables::{CALIBRATED, ballot, card, method};

fn report(cards: &[ProposalCard], ballots: &[StandingBallot]) -> Report {
    let table = VoteTable::new(cards.to_vec(), Vec::new(), ballots.to_vec()).unwrap();
    analyze(&table, &method(CALIBRATED))
}

fn numbers(idea: &IdeaResult) -> Vec<u32> {
    idea.proposals.iter().map(|number| number.0).collect()
}

fn idea_of(report: &Report, number: u32) -> Option<&str> {
    let proposal = report.proposals.iter().find(|proposal| proposal.number == ItemNumber(number));
    proposal.unwrap().idea.as_deref()
}

/// Three wordings of one proposal, its opposite, another with a number, and its like with another number.
fn cards() -> Vec<ProposalCard> {
    let texts = [
        "Il faut plus de pistes cyclables",
        "Développer les pistes cyclables",
        "Davantage de pistes cyclabes !",
        "Il faut moins de pistes cyclables",
        "Limiter la vitesse à 30 km/h",
        "Limiter la vitesse à 130 km/h",
    ];
    (1..).zip(texts).map(|(number, text)| card(number, text)).collect()
}

#[test]
fn wordings_of_one_proposal_are_one_idea_and_opposites_are_not() {
    let report = report(&cards(), &[]);
    let [idea] = report.ideas.as_slice() else { panic!("{:?}", report.ideas) };
    assert_eq!((idea.id.as_str(), idea.source, numbers(idea)), ("#1", IdeaSource::Texts, vec![1, 2, 3]));
    assert_eq!(idea_of(&report, 2), Some("#1"));
    assert_eq!([4, 5, 6].map(|number| idea_of(&report, number)), [None; 3]);
    assert!(report.limits.iter().any(|sentence| sentence.contains("taken together as ideas")));
}

#[test]
fn a_supporter_of_two_wordings_counts_once() {
    use Choice::{Agree, Disagree, Neutral};
    let said = [
        (1, 1, Agree),
        (1, 2, Agree),
        (2, 1, Agree),
        (2, 3, Disagree),
        (3, 2, Disagree),
        (3, 4, Agree),
        (4, 3, Neutral),
    ];
    let ballots = said.map(|(participant, proposal, choice)| ballot(participant, proposal, choice));
    let report = report(&cards(), &ballots);
    let idea = &report.ideas[0];
    assert_eq!((idea.voters, idea.supporters, idea.opponents, idea.divided), (4, 2, 1, 1));
    // Jeffreys' mean of 2 in 4 over three choices.
    assert!((idea.shares.agree.mean - 2.5 / 5.5).abs() < 1e-9);
    assert!(render_text(&report).contains("IDEAS (1)"));
}

#[test]
fn the_organizers_ideas_stand_and_their_like_join_them() {
    let mut cards = cards();
    cards[0].idea = "velo".parse().ok();
    cards[4].idea = "velo".parse().ok();
    cards[1].idea = "pistes".parse().ok();
    let mut refused = card(7, "Des pistes cyclables");
    refused.status = ModerationStatus::Refused;
    cards.push(refused);
    let ballots = [ballot(1, 5, Choice::Agree)];
    let report = report(&cards, &ballots);
    let found: Vec<_> = report.ideas.iter().map(|idea| (idea.id.as_str(), numbers(idea))).collect();
    // The third wording is nearest to the first, which has the lower number of two that are alike.
    assert_eq!(found, [("pistes", vec![2]), ("velo", vec![1, 3, 5])]);
    let [_, velo] = report.ideas.as_slice() else { panic!() };
    assert_eq!((velo.source, velo.representative), (IdeaSource::Organizer, ItemNumber(5)));
    assert_eq!(velo.title, "Limiter la vitesse à 30 km/h");
}

#[test]
fn proposals_without_text_are_no_idea() {
    let cards: Vec<ProposalCard> = (0..3).map(|number| card(number, "")).collect();
    assert!(report(&cards, &[]).ideas.is_empty());
}

#[test]
fn the_rule_of_the_method_is_the_one_in_force() {
    let table = |texts: [&str; 2]| {
        let cards = (1..).zip(texts).map(|(number, text)| card(number, text));
        VoteTable::new(cards.collect(), Vec::new(), []).unwrap()
    };
    let with = |likeness_percent| Method { idea_rule: IdeaRule { likeness_percent }, ..method(CALIBRATED) };
    let near = table(["Rénover le gymnase du collège Pasteur", "Rénover le gymnase du collège"]);
    assert_eq!(analyze(&near, &with(80)).ideas.len(), 1);
    assert_eq!(analyze(&near, &with(99)).ideas.len(), 0);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Each member is near-identical to the middle, whatever the order and company in which texts came.
    #[test]
    fn ideas_do_not_hang_on_the_order_of_the_cards(order in Just((0..12_usize).collect::<Vec<_>>()).prop_shuffle()) {
        let texts = [
            "Plus de trains de nuit", "Davantage de trains de nuit", "Créer des trains de nuit", "Moins de trains de nuit",
            "Rénover les écoles du village", "Rénover les écoles du vilage", "Rénover la mairie du village",
            "Interdire les sacs plastiques", "Les sacs plastiques interdits", "Autoriser les sacs plastiques",
            "Supprimer les sacs plastiques", "Des sacs en papier",
        ];
        let cards: Vec<ProposalCard> = (1..).zip(texts).map(|(number, text)| card(number, text)).collect();
        let shuffled: Vec<ProposalCard> = order.into_iter().map(|place| cards[place].clone()).collect();
        let ideas = report(&shuffled, &[]).ideas;
        prop_assert_eq!(&ideas, &report(&cards, &[]).ideas);
        let found: Vec<_> = ideas.iter().map(numbers).collect();
        prop_assert_eq!(found, vec![vec![1, 2, 3], vec![5, 6], vec![8, 9, 11]]);
    }
}
