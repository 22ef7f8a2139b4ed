//! The limits of the data, in plain sentences for the reader of a report.

use gd_report::{IdeaSource, MethodKind, Report};

use crate::audience::Audience;
use crate::labels::prior::PROPOSALS_FITTED_MIN;
use crate::{opinion, shortlist};

/// The sentences that hold for this report; those that hold for every report come last.
pub(crate) fn limits(report: &Report, audiences: &[Audience]) -> Vec<String> {
    let mut sentences = Vec::new();
    sentences.extend(too_little(report));
    sentences.extend(left_out(report));
    sentences.extend(about_the_prior(report));
    sentences.extend(about_audiences(report, audiences));
    sentences.extend(about_exposures(report));
    sentences.extend(opinion::limits(report));
    sentences.extend(about_the_method(report));
    if let Some(audit) = report.shortlist_audit.as_ref().filter(|_| report.counted().ballots > 0) {
        sentences.extend(shortlist::limits(audit, report.shortlist.len()));
    }
    sentences.extend(about_ideas(report));
    sentences.extend(ALWAYS.map(str::to_owned));
    sentences
}

const ALWAYS: [&str; 5] = [
    "Participants chose to take part: the figures describe the public these voters are a sample of, not \
     the whole population.",
    "A participant is a browser, not a proven person: one person may have voted from two devices, and two \
     persons from one.",
    "Not everybody saw every proposal: each share is that of the participants who voted on it.",
    "Votes are treated as independent: the intervals do not see a campaign that sends its supporters.",
    "A vote does not say why: neutral may be no opinion, not understood or not caring.",
];

/// Inputs so small or so uniform that there is little to analyse.
fn too_little(report: &Report) -> Vec<String> {
    let analysed = report.counted();
    let counts = analysed.counts;
    if analysed.proposals == 0 {
        return vec!["No proposal is published: there is nothing to analyse.".into()];
    }
    if analysed.ballots == 0 {
        return vec!["Nobody has voted on a published proposal: every share is still open.".into()];
    }
    let mut sentences = Vec::new();
    if analysed.participants == 1 {
        sentences.push("All ballots come from one participant: nothing can be said of a public.".into());
    }
    if analysed.proposals == 1 {
        sentences.push("One proposal is published: there is nothing to compare it with.".into());
    }
    let choices = [("agree", counts.agree), ("disagree", counts.disagree), ("neutral", counts.neutral)];
    if let Some((word, _)) = choices.into_iter().find(|(_, count)| *count == analysed.ballots) {
        sentences.push(format!("Every ballot says {word}: the votes do not tell proposals apart."));
    }
    sentences
}

fn left_out(report: &Report) -> Vec<String> {
    let unvoted = report.proposals.iter().filter(|proposal| proposal.counts.total() == 0).count();
    let unpublished = report.input.ballots - report.counted().ballots;
    let mut sentences = Vec::new();
    if unvoted > 0 && report.counted().ballots > 0 {
        let of = report.counted().proposals;
        sentences.push(format!(
            "Published proposals without a ballot, of which nothing is claimed: {unvoted} of {of}."
        ));
    }
    if unpublished > 0 {
        sentences.push(format!(
            "Ballots on proposals that are not published, left out of every figure but the input's: {unpublished}."
        ));
    }
    sentences
}

fn about_the_prior(report: &Report) -> Option<String> {
    if report.counted().ballots == 0 {
        return None;
    }
    Some(if report.prior.fitted {
        "Labels assume that how many votes a proposal received says nothing of how people vote on it, and that \
         proposals form one cloud; the prior fitted to them is taken as known."
            .to_owned()
    } else {
        format!(
            "Fewer than {PROPOSALS_FITTED_MIN} published proposals have two ballots or more: labels use \
             Jeffreys' prior instead of one fitted to this consultation, and the bound on wrong claims is less certain."
        )
    })
}

fn about_audiences(report: &Report, audiences: &[Audience]) -> Vec<String> {
    if audiences.is_empty() {
        return Vec::new();
    }
    let declared: u64 = audiences.iter().flat_map(|audience| &audience.counts).flatten().sum();
    let undeclared = report.counted().ballots - declared;
    let mut sentences = vec![
        "Audiences are what participants said of themselves; audiences with fewer than five ballots on a proposal \
         are not shown there, nor is the next smallest where they could be found by subtraction."
            .to_owned(),
    ];
    if undeclared > 0 {
        sentences.push(format!(
            "Ballots of participants who did not name an audience, counted in the whole and in no audience: \
             {undeclared} of {}.",
            report.counted().ballots
        ));
    }
    let names: Vec<&str> = audiences
        .iter()
        .filter(|audience| audience.assessment.judge.priors.proposals.is_none())
        .map(|audience| audience.id.as_str())
        .collect();
    if !names.is_empty() && report.prior.fitted {
        sentences.push(format!(
            "Too few proposals have ballots of these audiences to fit a prior to them; their labels use Jeffreys' \
             prior: {}.",
            names.join(", ")
        ));
    }
    sentences
}

fn about_exposures(report: &Report) -> Option<String> {
    let exposure = report.exposure?;
    exposure.shown?;
    let mut sentence =
        "Exposures count cards sent to a participant, read or not; a server that was killed lost \
                        those of its last seconds."
            .to_owned();
    if exposure.response_rate.is_none() && report.counted().ballots > 0 {
        sentence.push_str(" There are more ballots than exposures: not all exposures were counted.");
    }
    Some(sentence)
}

fn about_the_method(report: &Report) -> Option<String> {
    (report.method == MethodKind::MakeOrg).then(|| {
        "Zones are point estimates: a proposal has one after a single vote, and nothing bounds how many are \
         wrong. Verified and sequence votes are not told apart: both are all standing ballots."
            .to_owned()
    })
}

fn about_ideas(report: &Report) -> Option<String> {
    report.ideas.iter().any(|idea| idea.source == IdeaSource::Texts).then(|| {
        "Proposals are taken together as ideas by their words: some that say the same in other words stay apart, and \
         with more proposals an idea has more occasions to find supporters."
            .to_owned()
    })
}
