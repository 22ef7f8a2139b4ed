//! The shortlist: what to discuss in workshops, why each entry is on it, and whom the list represents.

use gd_report::{ProposalResult, ShortlistAudit, ShortlistBasis, ShortlistEntry};

use super::table::Table;
use super::teller::Teller;
use crate::report::figures;
use crate::report::pictures::stack::{Segment, Stack};

/// The entries in the order they were chosen.
pub(crate) struct ShortlistPart<'a> {
    pub(crate) entries: Vec<Entry<'a>>,
    /// Sentences on the candidates of the list and on the people it leaves out.
    pub(crate) sentences: Vec<String>,
    pub(crate) table: Table,
}

/// Entries shown at once; the others when asked for.
const FIRST_MAX: usize = 5;

/// An entry of the shortlist.
pub(crate) struct Entry<'a> {
    pub(crate) proposal: &'a ProposalResult,
    /// The number of proposals that the entry stands for.
    pub(crate) proposals: u64,
    pub(crate) why: Vec<String>,
    /// The participants represented by earlier entries, and those added by this one.
    pub(crate) bar: Option<Stack>,
}

impl<'a> ShortlistPart<'a> {
    pub(crate) fn of(teller: Teller<'a>) -> Option<Self> {
        let audit = teller.report.shortlist_audit.as_ref();
        let everyone = audit.map_or(0, |audit| audit.participants);
        let entries = || teller.report.shortlist.iter();
        let told: Vec<Entry<'a>> = entries().filter_map(|entry| Entry::of(teller, entry, everyone)).collect();
        let rows = entries().filter_map(|entry| row(teller, entry, everyone)).collect();
        let heads = [
            "figures-proposal",
            "choice-agree",
            "figures-supporters",
            "shortlist-new",
            "shortlist-represented",
        ];
        let table = teller.table("shortlist-table", &heads, rows);
        let sentences = audit.map(|audit| sentences(teller, audit)).unwrap_or_default();
        (!told.is_empty()).then_some(Self { entries: told, sentences, table })
    }

    /// The entries shown at once, and the others.
    pub(crate) fn halves(&self) -> (&[Entry<'a>], &[Entry<'a>]) {
        self.entries.split_at(self.entries.len().min(FIRST_MAX))
    }
}

impl<'a> Entry<'a> {
    fn of(teller: Teller<'a>, entry: &'a ShortlistEntry, everyone: u64) -> Option<Self> {
        let proposal = teller.report.proposal(*entry.proposals.first()?)?;
        let supporters = ("count", entry.supporters.into());
        let mut why =
            vec![teller.say(
                "why-supporters",
                &[supporters, ("new", teller.number(entry.newly_represented).into())],
            )];
        if let Some(claim) = entry.claim.as_ref().filter(|claim| claim.participants > 0) {
            let key = if claim.level <= 1 { "why-claim-first" } else { "why-claim" };
            why.push(teller.say(key, &[("count", claim.participants.into()), ("level", claim.level.into())]));
        }
        Some(Self {
            proposal,
            proposals: entry.proposals.len() as u64,
            why,
            bar: (everyone > 0).then(|| bar(teller, entry, everyone)),
        })
    }
}

fn row(teller: Teller<'_>, entry: &ShortlistEntry, everyone: u64) -> Option<Vec<String>> {
    Some(vec![
        teller.short_name(*entry.proposals.first()?),
        figures::share(teller.language, entry.agree),
        teller.number(entry.supporters),
        teller.number(entry.newly_represented),
        teller.percent_of(entry.represented, everyone),
    ])
}

#[expect(clippy::cast_precision_loss, reason = "counts of people, far below 2^53")]
fn bar(teller: Teller<'_>, entry: &ShortlistEntry, everyone: u64) -> Stack {
    let part = |people: u64| people as f64 / everyone as f64;
    let before = entry.represented.saturating_sub(entry.newly_represented);
    let title = teller.say(
        "shortlist-bar",
        &[
            ("represented", teller.percent_of(entry.represented, everyone).into()),
            ("new", teller.percent_of(entry.newly_represented, everyone).into()),
        ],
    );
    let segment =
        |tone: &str, people: u64, words: String| Segment { tone: tone.into(), share: part(people), words };
    let new = format!("+{}", teller.percent_of(entry.newly_represented, everyone));
    let left = everyone.saturating_sub(entry.represented);
    Stack::new(
        title,
        vec![
            segment("tone-before", before, teller.percent_of(before, everyone)),
            segment("tone-new", entry.newly_represented, new),
            segment("tone-left", left, String::new()),
        ],
    )
}

fn sentences(teller: Teller<'_>, audit: &ShortlistAudit) -> Vec<String> {
    let basis = match audit.basis {
        ShortlistBasis::Consensus => "shortlist-of-consensus",
        ShortlistBasis::Leading => "shortlist-of-leading",
    };
    let mut sentences = vec![teller.say(basis, &[("count", audit.candidates.into())])];
    if audit.judges > 0 {
        let figures = [
            ("count", audit.judges.into()),
            ("left", teller.percent_of(audit.judges_left_out, audit.judges).into()),
            ("plain", teller.percent_of(audit.judges_left_out_by_top_agreement, audit.judges).into()),
        ];
        sentences.push(teller.say("shortlist-left-out", &figures));
    }
    if audit.justified_representation && audit.quota >= 1.0 {
        sentences.push(teller.say("shortlist-justified", &[("count", quota(audit.quota).into())]));
    }
    sentences
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a number of people, not negative"
)]
fn quota(people: f64) -> u64 {
    people.max(0.0).ceil() as u64
}
