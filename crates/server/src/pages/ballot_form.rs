//! A ballot sent by a form: one proposal, one answer.

use gd_domain::{Choice, Opinion, ProposalNumber, Qualification, Qualifications};
use gd_engine::{BallotRefusal, SubmittedBallot};

use super::visit::Visit;
use crate::address;
use crate::api::ballots;
use crate::body::Form;
use crate::participant::Visitor;
use crate::problem::Problem;

/// The fields `proposal`, `key`, `choice` and any number of `qualification`.
pub(super) struct BallotForm<'a> {
    pub(super) proposal: ProposalNumber,
    opinion: Result<Opinion, BallotRefusal>,
    key: &'a str,
}

impl<'a> BallotForm<'a> {
    pub(super) fn read(form: &'a Form) -> Result<Self, Problem> {
        Ok(Self { proposal: proposal(form)?, opinion: opinion(form), key: form.field("key") })
    }

    /// Casts it; why it was refused, if it was.
    pub(super) async fn cast(
        &self,
        visit: &Visit<'_>,
        visitor: &Visitor,
    ) -> Result<Option<BallotRefusal>, Problem> {
        ballots::ration(visit.shared, visitor).await?;
        let ballot = SubmittedBallot { proposal: self.proposal, opinion: self.opinion, key: self.key };
        let known = visitor.0.as_ref();
        let outcome = ballots::record(visit.shared, visit.slug(), known, &[ballot], visit.now).await?;
        Ok(outcome.refused.first().map(|&(_, refusal)| refusal))
    }
}

/// The field `proposal`.
pub(super) fn proposal(form: &Form) -> Result<ProposalNumber, Problem> {
    address::number("proposal", form.field("proposal")).map(ProposalNumber)
}

fn opinion(form: &Form) -> Result<Opinion, BallotRefusal> {
    let choice = form.field("choice").parse::<Choice>().map_err(|_| BallotRefusal::ChoiceUnknown)?;
    let qualifications = form.all("qualification").map(str::parse::<Qualification>);
    let qualifications = qualifications.collect::<Result<Qualifications, _>>();
    let qualifications = qualifications.map_err(|_| BallotRefusal::QualificationNotAllowed)?;
    Opinion::new(choice, qualifications).map_err(|_| BallotRefusal::QualificationNotAllowed)
}
