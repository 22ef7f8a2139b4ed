//! Readings of a report that only pages need, on top of the types of `gd-report`.

use gd_domain::Label;
use gd_report::{Counts, ProposalResult, Report, Share, Shares, Zone};

/// Readings of a whole report.
pub(crate) trait ReportView {
    /// Whether its proposals are told by zones, whose borders differ from those of the labels.
    fn has_zones(&self) -> bool;
}

impl ReportView for Report {
    fn has_zones(&self) -> bool {
        self.proposals.iter().any(|proposal| proposal.zone.is_some())
    }
}

/// Readings of one proposal.
pub(crate) trait ProposalView {
    /// The shares stated. Where the report states none, the counted ones, which have no interval. None without
    /// votes: the estimate would be a third each.
    fn estimates(&self) -> Option<Shares>;

    /// The zone, which only a report led by `make-org` has; else the label. Undetermined without votes.
    fn shown_label(&self) -> Label;
}

impl ProposalView for ProposalResult {
    fn estimates(&self) -> Option<Shares> {
        let shares = || if self.shares.are_stated() { self.shares } else { counted_shares(&self.counts) };
        (self.counts.total() > 0).then(shares)
    }

    fn shown_label(&self) -> Label {
        if self.counts.total() == 0 {
            return Label::Undetermined;
        }
        self.zone.map_or(self.label, label_of_zone)
    }
}

/// Shares as they were counted, as intervals of length 0; all 0 without votes.
#[expect(clippy::cast_precision_loss, reason = "counts of votes, far below 2^53")]
pub(crate) fn counted_shares(counts: &Counts) -> Shares {
    let share = |count: u64| {
        let mean = count as f64 / counts.total().max(1) as f64;
        Share { mean, low: mean, high: mean }
    };
    Shares { agree: share(counts.agree), disagree: share(counts.disagree), neutral: share(counts.neutral) }
}

/// The label that a zone is shown as: only limbo has a name of its own.
const fn label_of_zone(zone: Zone) -> Label {
    match zone {
        Zone::Consensus => Label::Consensus,
        Zone::Controversy => Label::Controversy,
        Zone::Rejection => Label::Rejection,
        Zone::Limbo => Label::Indifference,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zones_stand_for_labels() {
        let read = |fields: &str| -> ProposalResult {
            let counts = r#""counts":{"agree":1,"disagree":0,"neutral":0}"#;
            serde_json::from_str(&format!(r#"{{"number":1,{counts},{fields}}}"#)).unwrap()
        };
        assert_eq!(read(r#""zone":"limbo""#).shown_label(), Label::Indifference);
        assert_eq!(read(r#""zone":"consensus","label":"mixed""#).shown_label(), Label::Consensus);
        assert_eq!(read(r#""label":"brand_new""#).shown_label(), Label::Undetermined);
        let nobody = ProposalResult { counts: Counts::default(), ..read(r#""zone":"consensus""#) };
        assert_eq!(nobody.shown_label(), Label::Undetermined);
    }

    #[test]
    fn shares_that_are_not_stated_are_counted() {
        let counts = Counts { agree: 3, disagree: 1, neutral: 0 };
        let point = |share| Share { mean: share, low: share, high: share };
        let expected = Shares { agree: point(0.75), disagree: point(0.25), neutral: point(0.0) };
        assert_eq!(counted_shares(&counts), expected);
    }
}
