//! Sentences about the shortlist in each language: labels, the reason of each entry, the audit.

use gd_domain::{Label, Language};
use gd_report::{ProposalResult, ShortlistAudit, ShortlistBasis, ShortlistEntry};

use super::cells::joined;

/// The name of a label in this language.
pub(super) const fn label(label: Label, language: Language) -> &'static str {
    match (language, label) {
        (Language::Fr, Label::Controversy) => "controverse",
        (Language::Fr, Label::Rejection) => "rejet",
        (Language::Fr, Label::Indifference) => "indifférence",
        (Language::Fr, Label::Mixed) => "nuancé",
        (Language::Fr, Label::Undetermined) => "indéterminé",
        (Language::Fr, Label::Consensus) | (Language::En, _) => label.as_str(),
    }
}

/// Says in one to three sentences why the entry is in the list.
pub(super) fn why(entry: &ShortlistEntry, proposal: &ProposalResult, language: Language) -> String {
    let mut sentences = vec![reason(entry, language)];
    if entry.only_here > 0 && entry.only_here < entry.supporters {
        let only = counted(entry.only_here, language);
        sentences.push(match language {
            Language::En => format!("For {only} it is the only entry they agree with."),
            Language::Fr => format!("Pour {only}, c’est la seule entrée avec laquelle ils sont d’accord."),
        });
    }
    if !proposal.opposed_by.is_empty() {
        let audiences = joined(&proposal.opposed_by);
        sentences.push(match language {
            Language::En => format!("To be discussed with those who oppose it: {audiences}."),
            Language::Fr => format!("À discuter avec celles et ceux qui s’y opposent\u{a0}: {audiences}."),
        });
    }
    sentences.join(" ")
}

fn reason(entry: &ShortlistEntry, language: Language) -> String {
    let (supporters, newly) =
        (counted(entry.supporters, language), counted(entry.newly_represented, language));
    match (&entry.claim, language) {
        (Some(claim), Language::En) => format!(
            "{} who agree with it had fewer than {} entries, and so large a group is due {}.",
            counted(claim.participants, language),
            claim.level,
            claim.level
        ),
        (Some(claim), Language::Fr) => format!(
            "{} d’accord avec elle avaient moins de {} dans la liste, et un groupe de cette taille y a droit.",
            counted(claim.participants, language),
            if claim.level == 1 { "1 entrée".to_owned() } else { format!("{} entrées", claim.level) },
        ),
        (None, Language::En) if entry.represented == entry.supporters => {
            format!("It has the most supporters: {supporters}.")
        }
        (None, Language::Fr) if entry.represented == entry.supporters => {
            format!("C’est elle qui a le plus de soutiens\u{a0}: {supporters}.")
        }
        (None, Language::En) if entry.newly_represented == 0 => format!(
            "All its supporters ({supporters}) agree with an entry above; of what is left it adds the most for those who agree with few."
        ),
        (None, Language::Fr) if entry.newly_represented == 0 => format!(
            "Tous ses soutiens ({supporters}) sont d’accord avec une entrée au-dessus ; de ce qui reste, elle apporte le plus à ceux qui sont d’accord avec peu."
        ),
        (None, Language::En) => {
            format!("Of what was left it represents the most people for the first time: {newly}.")
        }
        (None, Language::Fr) => format!(
            "De ce qui restait, c’est elle qui représente le plus de personnes pour la première fois\u{a0}: {newly}."
        ),
    }
}

/// Says how the list was chosen, then how well it represents the participants.
pub(super) fn audit(audit: &ShortlistAudit, language: Language) -> [String; 2] {
    match language {
        Language::En => [chosen_in_english(audit), represents_in_english(audit)],
        Language::Fr => [chosen_in_french(audit), represents_in_french(audit)],
    }
}

fn chosen_in_english(audit: &ShortlistAudit) -> String {
    let ShortlistAudit { size, candidates, .. } = audit;
    let from = if is_from_consensus(audit) {
        format!("the {candidates} entries claimed as consensus")
    } else {
        format!("the {candidates} of highest agreement, since too few are claimed as consensus")
    };
    format!(
        "Up to {size} entries out of {from}: each time the one that represents the most participants who agree with nothing in the list yet, as long as every group large enough to be due an entry gets it."
    )
}

fn chosen_in_french(audit: &ShortlistAudit) -> String {
    let ShortlistAudit { size, candidates, .. } = audit;
    let from = if is_from_consensus(audit) {
        format!("les {candidates} entrées affirmées comme consensus")
    } else {
        format!("les {candidates} qui recueillent le plus d’accord, faute d’assez de consensus affirmés")
    };
    format!(
        "Jusqu’à {size} entrées parmi {from}\u{a0}: chaque fois celle qui représente le plus de participants qui ne sont encore d’accord avec rien dans la liste, pourvu que chaque groupe assez grand pour avoir droit à une entrée l’obtienne."
    )
}

fn is_from_consensus(audit: &ShortlistAudit) -> bool {
    audit.basis == ShortlistBasis::Consensus
}

fn represents_in_english(audit: &ShortlistAudit) -> String {
    let promise = match justified(audit) {
        Representation::InFull => {
            "Every group of like-minded participants has as many entries as its size is due (EJR+)."
        }
        Representation::Once => {
            "Every group that is due an entry has one, but not always as many as it is due."
        }
        Representation::Never => "A group that is due an entry has none.",
    };
    let [left, left_by_top] = left_out(audit);
    format!(
        "{promise} Of {} with five ballots or more on candidates, {left} agree with none of the list; of the proposals of highest agreement, as many in number, {left_by_top} agree with none.",
        counted(audit.judges, Language::En)
    )
}

fn represents_in_french(audit: &ShortlistAudit) -> String {
    let promise = match justified(audit) {
        Representation::InFull => {
            "Chaque groupe de participants du même avis a autant d’entrées que sa taille le demande (EJR+)."
        }
        Representation::Once => {
            "Chaque groupe qui a droit à une entrée en a une, mais pas toujours autant que sa taille le demande."
        }
        Representation::Never => "Un groupe qui a droit à une entrée n’en a pas.",
    };
    let [left, left_by_top] = left_out(audit);
    format!(
        "{promise} Sur {} ayant voté au moins cinq fois sur les candidates, {left} ne sont d’accord avec rien dans la liste ; avec autant de propositions parmi les plus approuvées, ce serait {left_by_top}.",
        counted(audit.judges, Language::Fr)
    )
}

/// The strongest promise of representation that the list keeps.
enum Representation {
    InFull,
    Once,
    Never,
}

fn justified(audit: &ShortlistAudit) -> Representation {
    match (audit.extended_justified_representation_plus, audit.justified_representation) {
        (true, _) => Representation::InFull,
        (false, true) => Representation::Once,
        (false, false) => Representation::Never,
    }
}

/// Shares of the judges who agree with nothing: in the list, then among as many proposals of highest agreement.
fn left_out(audit: &ShortlistAudit) -> [String; 2] {
    [audit.judges_left_out, audit.judges_left_out_by_top_agreement].map(|left| percent(left, audit.judges))
}

/// A count of people in words of this language, as in "1,234 participants".
fn counted(people: u64, language: Language) -> String {
    let digits = people.to_string();
    let mut grouped = String::new();
    for (place, digit) in digits.char_indices() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            grouped.push(if language == Language::Fr { '\u{202f}' } else { ',' });
        }
        grouped.push(digit);
    }
    let one = match language {
        Language::Fr => people < 2,
        Language::En => people == 1,
    };
    format!("{grouped} participant{}", if one { "" } else { "s" })
}

#[expect(clippy::cast_precision_loss, reason = "counts of people are far below 2^52")]
fn percent(part: u64, whole: u64) -> String {
    format!("{:.0}\u{a0}%", if whole == 0 { 0.0 } else { 100.0 * part as f64 / whole as f64 })
}
