//! Computes reports from votes on record or in files, and writes them in their formats.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use anyhow::Context;
use gd_analyzer::{
    GivenGroups, Method, ParticipantCard, Population, ProposalCard, Report, VoteTable, analyze, weigh,
};
use gd_domain::{
    Answers, AudienceCode, BallotColumns, ConsultationDraft, Language, ParticipantId, Position, Proposal,
    Slug, Timestamp,
};
use gd_engine::{ExposureTotals, VotesOnRecord};
use gd_pages::ReportFile;
use gd_press::{ReportContext, report_file};

/// Everything a report is computed from.
pub(crate) struct Data<'a> {
    pub(crate) proposals: &'a [Proposal],
    pub(crate) audiences: Vec<Slug>,
    /// If a participant has two ballots on one proposal, the later one stands.
    pub(crate) ballots: BallotColumns,
    pub(crate) exposures: &'a ExposureTotals,
    /// Participants' answers about themselves.
    pub(crate) answers: &'a BTreeMap<ParticipantId, Answers>,
    /// Opinion groups, where they are not to be found.
    pub(crate) groups: Option<GivenGroups>,
}

/// The choices of an analysis: method, weighting and comparison.
pub(crate) struct AnalysisOptions {
    pub(crate) method: Method,
    /// The population to weight figures to, beside the raw ones.
    pub(crate) population: Option<Population>,
    /// The question whose answers are compared in the place of audiences.
    pub(crate) compare: Option<Slug>,
}

/// The report of a consultation's votes on record. Takes a processor for as long as it lasts: call it
/// where that holds nobody up.
pub(crate) fn report_on_record(votes: &VotesOnRecord, options: &AnalysisOptions) -> anyhow::Result<Report> {
    let audiences = votes.consultation.description.audiences.iter().map(|audience| audience.id.clone());
    let data = Data {
        proposals: &votes.proposals,
        audiences: audiences.collect(),
        ballots: votes.ballots.values().copied().collect(),
        exposures: &votes.exposures,
        answers: &votes.answers,
        groups: None,
    };
    let mut report = report(data, options)?;
    votes.consultation.slug().as_str().clone_into(&mut report.consultation);
    Ok(report)
}

/// The report of ballots on proposals. Whose it is is for the caller to say.
pub(crate) fn report(mut data: Data<'_>, options: &AnalysisOptions) -> anyhow::Result<Report> {
    if let Some(question) = &options.compare {
        data.compare(question)?;
    }
    let card = |proposal: &Proposal| ProposalCard {
        number: proposal.number,
        text: proposal.text.as_str().to_owned(),
        status: proposal.status,
        theme: proposal.theme.clone(),
        idea: proposal.idea.clone(),
    };
    let voters = data.ballots.participant.iter().copied();
    let participant_cards = ParticipantCard::of_answers(voters, data.answers);
    let cards = data.proposals.iter().map(card).collect();
    let table = VoteTable::of_ballots_cast(cards, data.audiences, data.ballots)?;
    let table = table.with_exposures(data.exposures.iter().map(|(&number, &times)| (number, times)));
    let table = table.with_participant_cards(participant_cards)?;
    let table = match data.groups {
        Some(groups) => table.with_groups(groups)?,
        None => table,
    };
    let mut report = analyze(&table, &options.method);
    report.compared.clone_from(&options.compare);
    if let Some(population) = &options.population {
        weigh(&table, &mut report, population).context("the figures cannot be weighted")?;
    }
    Ok(report)
}

impl Data<'_> {
    /// Makes each answer to a question an audience, and its participants' ballots that audience's.
    fn compare(&mut self, question: &Slug) -> anyhow::Result<()> {
        let given = self.answers.values().filter_map(|answers| answers.to(question)).collect::<BTreeSet<_>>();
        anyhow::ensure!(
            !given.is_empty(),
            "nobody answered a question `{question}`, or no answer to it is shared by five: there is nothing to compare"
        );
        let codes = given.iter().copied().zip((1..).map(AudienceCode)).collect::<BTreeMap<_, _>>();
        let code = |participant: &ParticipantId| {
            let answer = self.answers.get(participant).and_then(|answers| answers.to(question));
            answer.map_or(AudienceCode::UNDECLARED, |answer| codes[answer])
        };
        self.ballots.audience = self.ballots.participant.iter().map(code).collect();
        self.audiences = given.into_iter().cloned().collect();
        Ok(())
    }
}

/// The population in a file, checked as far as that goes without participants.
pub(crate) fn read_population(file: &Path, weight_max: Option<f64>) -> anyhow::Result<Population> {
    let lines = gd_exchange::read_population(file)?.into_iter();
    let population = Population::from_lines(lines.map(|line| (line.card, line.value, line.share)))
        .with_context(|| file.display().to_string())?;
    Ok(match weight_max {
        Some(weight_max) => population.with_weight_max(weight_max)?,
        None => population,
    })
}

/// A report with what its renderings say around it.
pub(crate) struct TitledReport {
    pub(crate) report: Report,
    pub(crate) title: String,
    pub(crate) language: Language,
    pub(crate) as_of: Option<Timestamp>,
    /// The consultation it is of, with the position of its ledger; none of files.
    pub(crate) consultation: Option<(ConsultationDraft, Position)>,
}

/// Writes the report in each of its forms into a folder, making it if it is absent.
pub(crate) fn write_renderings(
    folder: &Path,
    titled: &TitledReport,
    language: Language,
) -> anyhow::Result<()> {
    let json = titled.report.to_json();
    let consultation = titled.consultation.as_ref();
    let beside: Vec<ReportFile> =
        ReportFile::ALL.into_iter().filter(|file| *file != ReportFile::Html).collect();
    let context = ReportContext {
        title: &titled.title,
        language,
        as_of: titled.as_of,
        consultation: consultation.map(|(description, position)| (description, *position)),
        beside: &beside,
    };
    fs::create_dir_all(folder).with_context(|| format!("the folder {} cannot be made", folder.display()))?;
    for file in ReportFile::ALL {
        let rendering = report_file(file, &json, &context)?;
        let place = folder.join(file.name());
        fs::write(&place, rendering).with_context(|| format!("{} cannot be written", place.display()))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use gd_analyzer::{MethodKind, where_do_i_stand};
    use gd_domain::{
        Channel, Choice, Consultation, ConsultationId, ItemNumber, ModerationStatus, Opinion, Phase,
        ProposalText, StandingBallot,
    };
    use gd_pages::{Frame, Here, Page, StandPage};

    use super::*;
    use crate::demo::consultation::consultation_draft;

    fn proposal(number: u32) -> Proposal {
        Proposal {
            number: ItemNumber(number),
            text: ProposalText::from_record(format!("Idea {number}")),
            author: None,
            submitted_at: Timestamp::default(),
            status: ModerationStatus::Published,
            refusal_reason: None,
            theme: None,
            idea: None,
        }
    }

    /// The choice of a participant of one of two camps, who deviates from the camp now and then.
    fn choice(who: i64, number: u32) -> Choice {
        let own_will = (who * 7 + i64::from(number) * 13) % 11;
        let agrees = ((who % 2 == 0) == number.is_multiple_of(2)) != (own_will == 1);
        match own_will {
            0 => Choice::Neutral,
            _ if agrees => Choice::Agree,
            _ => Choice::Disagree,
        }
    }

    /// Two camps of forty on twenty proposals, everybody voting on three in four of them.
    fn votes() -> Vec<StandingBallot> {
        let cast = |who: i64, number: u32| StandingBallot {
            participant: ParticipantId::from_number(who).unwrap(),
            proposal: ItemNumber(number),
            opinion: Opinion::bare(choice(who, number)),
            audience: AudienceCode::UNDECLARED,
            channel: Channel::Sequence,
            cast_at: Timestamp::default(),
        };
        let pairs = (0..80).flat_map(|who| (1..=20).map(move |number| (who, number)));
        let cast_on = pairs.filter(|(who, number)| (who + i64::from(*number)) % 4 != 0);
        cast_on.map(|(who, number)| cast(who, number)).collect()
    }

    /// The pages place people by the report alone and know no statistics: both must say the same.
    #[test]
    fn the_page_names_the_group_that_the_analyzer_does() {
        let proposals = (1..=20).map(proposal).collect::<Vec<_>>();
        let (exposures, answers) = (ExposureTotals::default(), BTreeMap::new());
        let data = Data {
            proposals: &proposals,
            audiences: Vec::new(),
            ballots: votes().into_iter().collect(),
            exposures: &exposures,
            answers: &answers,
            groups: None,
        };
        let options = AnalysisOptions {
            method: Method::new(MethodKind::Calibrated, 0),
            population: None,
            compare: None,
        };
        let report = report(data, &options).unwrap();
        assert_eq!(report.groups.len(), 2, "two camps");
        let shown: gd_pages::Report = serde_json::from_str(&report.to_json()).unwrap();
        let consultation =
            Consultation { id: ConsultationId(1), description: consultation_draft(Timestamp::default()) };
        for who in 0..80 {
            let own = votes().into_iter().filter(|ballot| ballot.participant.number() == who);
            let own: BTreeMap<_, _> = own.map(|ballot| (ballot.proposal, ballot.opinion.choice())).collect();
            let group = where_do_i_stand(&report, &own).unwrap().group.unwrap();
            let page = StandPage {
                frame: Frame { language: Language::En, path: "/", origin: None },
                here: Here { consultation: &consultation, phase: Phase::Consultation, results_open: true },
                ballots: own,
                report: Some(&shown),
            };
            let letter = group.as_str().to_ascii_uppercase();
            assert!(page.to_html().contains(&format!("You vote much as Group {letter} does")), "{who}");
        }
    }
}
