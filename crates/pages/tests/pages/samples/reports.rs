//! Reports: one of nothing, one of what a consultation has, one with everything pages can tell.

use gd_domain::{Choice, ItemNumber, Label, Thresholds};
use gd_report::{
    AudienceResult, Change, Fragility, GroupClaim, IdeaResult, IdeaSource, ProposalResult, Report, Shares,
    ShortlistEntry, Weighted,
};

use super::slug;

/// A report of nothing at all.
pub fn empty_report() -> Report {
    let input = r#"{"ballots":0,"participants":0,"proposals":0}"#;
    serde_json::from_str(&format!(r#"{{"method":"calibrated","input":{input},"proposals":[]}}"#)).unwrap()
}

/// A report with everything that pages can tell: groups and their map, bridges, audiences, weights, ideas and a
/// shortlist beside every label.
pub fn full_report() -> Report {
    let mut report = report();
    let shares = |report: &Report, place: usize| report.proposals[place].shares;
    for place in 0..report.proposals.len() {
        let proposal = &mut report.proposals[place];
        let shares = proposal.shares;
        let own = AudienceResult { counts: proposal.counts, shares, label: proposal.label };
        let turned = Shares { agree: shares.disagree, disagree: shares.agree, ..shares };
        let other = AudienceResult { shares: if place < 2 { shares } else { turned }, ..own };
        proposal.by_audience =
            [("agents", own), ("usagers", other)].map(|(id, voice)| (slug(id), voice)).into();
        proposal.by_group = [("a", own), ("b", other)].map(|(id, voice)| (slug(id), voice)).into();
        proposal.weighted = Some(Weighted { shares, effective_ballots: 40.0 });
        look_ahead(proposal, place);
    }
    let parts = format!(
        r#"{{"method":"calibrated","input":{{"ballots":0,"participants":0,"proposals":0}},"proposals":[],
            "thresholds":{},
            "groups":[{{"id":"a","size":620,"center":[0.8,0.1],"representative":[{{"proposal":17,"direction":"agree"}}]}},
                      {{"id":"b","size":380,"center":[-0.9,0.2],"representative":[{{"proposal":20,"direction":"disagree"}}]}}],
            "grouping":{{"given":false,"votes_min":7,"participants":1000,"silhouette":0.41}},
            "bridging":{{"unites":[17,18],"divides":[20]}},
            "opinion_map":{{"side":0.5,"not_shown":12,"cells":[{{"x":0.75,"y":0.25,"size":400,"group":"a"}},
                {{"x":1.25,"y":-0.25,"size":120,"group":"a"}},{{"x":-0.75,"y":0.25,"size":300,"group":"b"}}]}},
            "exposure":{{"covered":7,"coverage":0.78,"gini_ballots":0.38,"shown":9000,"gini_exposures":0.2,"response_rate":0.8}},
            "settles":{{"30":0.12,"100":0.31,"300":0.52,"1000":0.74,"3000":0.86}},
            "integrity":{},
            "weighting":{{"participants":900,"undeclared":100,"effective_participants":640.5,
                "margins":[{{"card":"audience","value":"agents","population":0.1,"participants":0.3,"achieved":0.1}}]}},
            "shortlist_audit":{{"basis":"consensus","candidates":3,"participants":1000,"quota":100.0,
                "justified_representation":true,"judges":800,"judges_left_out":80,"judges_left_out_by_top_agreement":120}}}}"#,
        serde_json::to_string(&Thresholds::default()).unwrap(),
        INTEGRITY
    );
    let parts: Report = serde_json::from_str(&parts).unwrap();
    let entry = |number, claim| ShortlistEntry {
        proposals: vec![ItemNumber(number)],
        supporters: 700,
        newly_represented: 250,
        only_here: 40,
        represented: 900,
        agree: shares(&report, 0).agree,
        claim,
    };
    let claim = |number| {
        (number == 18).then(|| GroupClaim { proposals: vec![ItemNumber(18)], level: 2, participants: 210 })
    };
    let shortlist = (17..23).map(|number| entry(number, claim(number))).collect();
    let idea = IdeaResult {
        id: "#17".to_owned(),
        source: IdeaSource::Texts,
        title: report.proposals[0].text.clone(),
        representative: ItemNumber(17),
        proposals: vec![ItemNumber(17), ItemNumber(19)],
        voters: 1_500,
        supporters: 1_300,
        opponents: 100,
        divided: 20,
        shares: shares(&report, 0),
    };
    Report {
        proposals: report.proposals,
        input: report.input,
        claims: report.claims,
        shortlist,
        ideas: vec![idea],
        ..parts
    }
}

/// Every sign there is, and a label that hangs by it.
const INTEGRITY: &str = r#"{
    "bursts":[{"from":1773338400000,"minutes":2,"participants":240,"usual":12.4,"ballots":900},
              {"from":1773424800000,"minutes":1,"participants":90,"usual":8.0,"ballots":300}],
    "alike":[{"participants":34,"ballots_least":14,"ballots":510,"same_proposals":900,"expected":2.1}],
    "channels":[{"proposal":20,"channel":"widget","counts":{"agree":60,"disagree":12,"neutral":8},
                 "others":{"agree":352,"disagree":386,"neutral":53},"chance":0.00001}],
    "ballots":1710,
    "relabelled":[{"proposal":19,"label":"consensus","without":"undetermined",
                   "counts":{"agree":500,"disagree":97,"neutral":83}}]}"#;

/// Adds the outlook of a proposal: further votes for an open label, few ballots for a claimed one.
fn look_ahead(proposal: &mut ProposalResult, place: usize) {
    if proposal.label == Label::Undetermined {
        proposal.settles = Some([(30, 0.4), (100, 0.82), (300, 0.93), (1_000, 0.97), (3_000, 0.99)].into());
        proposal.further_votes = Some(100);
    } else {
        let (ballots, change) =
            if place == 4 { (1, Change::Remove) } else { (3 + 9 * place as u64, Change::Add) };
        proposal.fragility = Some(Fragility { ballots, change, choice: Choice::Disagree });
    }
}

/// A report with every label.
pub fn report() -> Report {
    let proposals = [
        (
            "Il faut un conseiller attitré, joignable par téléphone, qui connaît mon dossier et me rappelle.",
            1_204,
            88,
            96,
            "consensus",
            0.999,
        ),
        (
            "Il faut des courriers d’une page, en français clair, qui disent quoi faire et avant quand.",
            933,
            60,
            71,
            "consensus",
            0.996,
        ),
        (
            "Il faut un droit à l’erreur réel : la première fois, on explique au lieu de sanctionner.",
            702,
            97,
            83,
            "consensus",
            0.97,
        ),
        (
            "Il faut remplacer tous les formulaires papier par des démarches en ligne.",
            412,
            398,
            61,
            "controversy",
            0.98,
        ),
        (
            "Il faut publier le classement des caisses selon leurs délais de réponse.",
            201,
            166,
            74,
            "controversy",
            0.83,
        ),
        ("Il faut supprimer l’accueil physique pour réduire les coûts.", 41, 702, 38, "rejection", 0.999),
        ("Il faut renommer la caisse pour moderniser son image.", 58, 122, 690, "indifference", 0.97),
        ("Il faut une application mobile pour payer ses contributions.", 11, 4, 6, "undetermined", 0.44),
        ("Il faut un médiateur indépendant dans chaque région.", 3, 1, 0, "undetermined", 0.38),
    ];
    let proposals: Vec<String> =
        proposals.iter().zip(17..).map(|(proposal, number)| reported(number, *proposal)).collect();
    serde_json::from_str(&format!(
        r#"{{"consultation":"grand-dialogue","method":"calibrated","seed":0,
            "input":{{"ballots":1203441,"participants":118730,"proposals":8012,"digest":"sha256:9f2c41d05b7e8a6631d0c4f2"}},
            "claims":{{"count":7,"mean_error":0.03}},"proposals":[{}],
            "limits":["A participant is a browser, not a proven person: one person may have voted from two devices.",
                      "Not everybody saw every proposal: each share is that of the participants who voted on it."]}}"#,
        proposals.join(",")
    ))
    .unwrap()
}

#[expect(clippy::cast_precision_loss, reason = "counts of votes, far below 2^53")]
fn reported(
    number: u32,
    (text, agree, disagree, neutral, label, confidence): (&str, u64, u64, u64, &str, f64),
) -> String {
    let total = (agree + disagree + neutral) as f64;
    let interval = |votes: u64| {
        let share = (votes as f64 + 0.5) / (total + 1.5);
        let half = 1.96 * (share * (1.0 - share) / (total + 2.5)).sqrt();
        let (low, high) = ((share - half).max(0.0), (share + half).min(1.0));
        format!(r#"{{"mean":{share},"low":{low},"high":{high}}}"#)
    };
    let (opposed_by, not_shared_by) =
        if number == 19 { (r#""direction""#, r#""agents","direction""#) } else { ("", "") };
    let shares = format!(
        r#"{{"agree":{},"disagree":{},"neutral":{}}}"#,
        interval(agree),
        interval(disagree),
        interval(neutral)
    );
    let counts = format!(r#"{{"agree":{agree},"disagree":{disagree},"neutral":{neutral}}}"#);
    let voice = format!(r#"{{"counts":{counts},"shares":{shares},"label":"{label}"}}"#);
    format!(
        r#"{{"number":{number},"text":"{text}","counts":{counts},"shares":{shares},"label":"{label}","confidence":{confidence},
            "by_audience":{{"agents":{voice},"usagers":{voice}}},"opposed_by":[{opposed_by}],"not_shared_by":[{not_shared_by}]}}"#
    )
}
