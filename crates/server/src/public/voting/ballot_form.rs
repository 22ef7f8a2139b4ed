//! A ballot sent by a form: one proposal, one choice.

use gd_domain::{Choice, ItemNumber, Opinion, Qualification, Qualifications};
use gd_engine::{BallotRefusal, SubmittedBallot};

use crate::acts::voting::cast_ballots::{cast_ballots, take_from_budget};
use crate::edge::body::Form;
use crate::edge::number;
use crate::edge::problem::Problem;
use crate::public::visit::Visit;
use crate::session::visitor::Visitor;

/// The fields `proposal`, `key`, `choice` and any number of `qualification`.
pub(crate) struct BallotForm<'a> {
    pub(crate) proposal: ItemNumber,
    opinion: Result<Opinion, BallotRefusal>,
    key: &'a str,
}

impl<'a> BallotForm<'a> {
    pub(crate) fn read(form: &'a Form) -> Result<Self, Problem> {
        Ok(Self { proposal: proposal(form)?, opinion: opinion(form), key: form.field("key") })
    }

    /// Casts the ballot; returns the reason if it was refused.
    pub(crate) async fn cast(
        &self,
        visit: &Visit<'_>,
        visitor: &Visitor,
    ) -> Result<Option<BallotRefusal>, Problem> {
        take_from_budget(visit.app, visitor).await?;
        let ballot = SubmittedBallot { proposal: self.proposal, opinion: self.opinion, key: self.key };
        let known = visitor.0.as_ref();
        let outcome = cast_ballots(visit.app, visit.slug(), known, &[ballot], visit.now).await?;
        Ok(outcome.refused.first().map(|&(_, refusal)| refusal))
    }
}

/// Reads the field `proposal`.
pub(crate) fn proposal(form: &Form) -> Result<ItemNumber, Problem> {
    number::parse("proposal", form.field("proposal")).map(ItemNumber)
}

fn opinion(form: &Form) -> Result<Opinion, BallotRefusal> {
    let choice = form.field("choice").parse::<Choice>().map_err(|_| BallotRefusal::ChoiceUnknown)?;
    let qualifications = form.all("qualification").map(str::parse::<Qualification>);
    let qualifications = qualifications.collect::<Result<Qualifications, _>>();
    let qualifications = qualifications.map_err(|_| BallotRefusal::QualificationNotAllowed)?;
    Opinion::new(choice, qualifications).map_err(|_| BallotRefusal::QualificationNotAllowed)
}
