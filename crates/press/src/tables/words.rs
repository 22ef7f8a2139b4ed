//! The words of the workbook and the reasons of its entries, in each language of the house.

use gd_domain::Language;

use super::cells::joined;
use crate::reported::{Audit, Entry, Reported};

/// What the workbook says around the figures.
pub(super) struct Words {
    /// The name of the first sheet, of 31 letters at most.
    pub(super) list: &'static str,
    /// The name of the second.
    pub(super) about: &'static str,
    /// Each column of the first sheet, with what it means.
    pub(super) columns: [(&'static str, &'static str); COLUMNS],
    pub(super) column: &'static str,
    pub(super) meaning: &'static str,
    pub(super) how_chosen: &'static str,
    pub(super) how_represented: &'static str,
    pub(super) cannot_show: &'static str,
    /// What no such list can show.
    pub(super) limits: [&'static str; 4],
    pub(super) report_limits: &'static str,
    pub(super) page: &'static str,
}

/// Columns of the first sheet.
pub(super) const COLUMNS: usize = 17;

pub(super) const fn words(language: Language) -> &'static Words {
    match language {
        Language::Fr => &FRENCH,
        Language::En => &ENGLISH,
    }
}

const ENGLISH: Words = Words {
    list: "Shortlist",
    about: "How to read it",
    columns: [
        ("Place", "The order in which entries were chosen. It is no ranking by agreement."),
        ("Number", "The proposal's number in the consultation."),
        ("Proposal", "Its text, as published."),
        ("Same idea", "Numbers of the other proposals that say nearly the same; they count as one entry."),
        ("Theme", "The theme moderators gave it."),
        ("Label", "What the votes allow to be claimed; “undetermined” means that they do not tell yet."),
        ("Ballots", "How many participants voted on it."),
        ("Agree", "Share who agree, drawn slightly towards one third while votes are few."),
        ("Agree, from", "Lower end: the true share lies between the two ends with probability 95 %."),
        ("Agree, to", "Upper end."),
        ("Disagree", "Share who disagree."),
        ("Neutral", "Share who are neutral."),
        ("Audiences", "Of each audience with enough votes, the share who agree and its interval."),
        (
            "Does not share it",
            "Audiences that oppose it or do not share the consensus, and those with too few votes to tell.",
        ),
        ("Supporters", "Distinct participants who agree with it, or with any proposal of its idea."),
        ("Newly represented", "Of these, who agree with none of the entries above it."),
        ("Why it is here", "What made the rule choose it."),
    ],
    column: "Column",
    meaning: "What it means",
    how_chosen: "How the list was chosen",
    how_represented: "How well it represents",
    cannot_show: "What it cannot show",
    limits: [
        "Participants chose to take part: the figures describe the public these voters are a sample of, not the whole population.",
        "Nobody saw every proposal. Who would agree with an entry but never saw it counts as not represented.",
        "An entry below another is not worth less: it was chosen for those who were not represented yet.",
        "Audiences are what participants said of themselves. Where fewer than five of an audience voted, nothing is shown of it.",
    ],
    report_limits: "All limits stated by the report",
    page: "Page",
};

const FRENCH: Words = Words {
    list: "Liste courte",
    about: "Comment la lire",
    columns: [
        ("Rang", "L’ordre dans lequel les entrées ont été choisies. Ce n’est pas un classement par accord."),
        ("Numéro", "Le numéro de la proposition dans la consultation."),
        ("Proposition", "Son texte, tel que publié."),
        (
            "Même idée",
            "Numéros des autres propositions qui disent presque la même chose ; ensemble, elles forment une seule entrée.",
        ),
        ("Thème", "Le thème donné par la modération."),
        (
            "Étiquette",
            "Ce que les votes permettent d’affirmer ; « indéterminé » : ils ne permettent pas encore de conclure.",
        ),
        ("Votes", "Nombre de participants qui ont voté sur elle."),
        (
            "D’accord",
            "Part des personnes d’accord, légèrement ramenée vers un tiers tant que les votes sont peu nombreux.",
        ),
        (
            "D’accord, de",
            "Borne basse : la vraie part se trouve entre les deux bornes avec une probabilité de 95 %.",
        ),
        ("D’accord, à", "Borne haute."),
        ("Pas d’accord", "Part des personnes qui ne sont pas d’accord."),
        ("Neutre", "Part des personnes neutres."),
        ("Publics", "Pour chaque public ayant assez voté, la part de personnes d’accord et son intervalle."),
        (
            "Ne la partage pas",
            "Publics opposés ou qui ne partagent pas le consensus, et ceux dont les votes sont trop peu nombreux pour le dire.",
        ),
        ("Soutiens", "Participants distincts d’accord avec elle, ou avec une proposition de la même idée."),
        (
            "Nouvellement représentés",
            "Parmi eux, ceux qui ne sont d’accord avec aucune des entrées au-dessus.",
        ),
        ("Pourquoi elle est là", "Ce qui a conduit la règle à la choisir."),
    ],
    column: "Colonne",
    meaning: "Ce qu’elle signifie",
    how_chosen: "Comment la liste a été choisie",
    how_represented: "Ce qu’elle représente",
    cannot_show: "Ce qu’elle ne dit pas",
    limits: [
        "Les participants ont choisi de prendre part : les chiffres décrivent le public dont ces votants sont un échantillon, pas toute la population.",
        "Personne n’a vu toutes les propositions. Qui serait d’accord avec une entrée sans l’avoir vue compte comme non représenté.",
        "Une entrée placée plus bas ne vaut pas moins : elle a été choisie pour celles et ceux qui n’étaient pas encore représentés.",
        "Les publics sont ce que les participants ont déclaré. Quand moins de cinq personnes d’un public ont voté, rien n’en est montré.",
    ],
    report_limits: "Toutes les limites énoncées par le rapport (en anglais)",
    page: "Page",
};

/// The name of a label; a label of another method keeps its word.
pub(super) fn label(word: &str, language: Language) -> &str {
    match (language, word) {
        (Language::Fr, "controversy") => "controverse",
        (Language::Fr, "rejection") => "rejet",
        (Language::Fr, "indifference") => "indifférence",
        (Language::Fr, "mixed") => "nuancé",
        (Language::Fr, "undetermined") => "indéterminé",
        _ => word,
    }
}

/// Why the entry is in the list, in one or two sentences.
pub(super) fn why(entry: &Entry, proposal: &Reported, language: Language) -> String {
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

fn reason(entry: &Entry, language: Language) -> String {
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

/// How the list was chosen and how well it represents, as sentences.
pub(super) fn audit(audit: &Audit, language: Language) -> [String; 2] {
    let Audit { size, candidates, .. } = audit;
    let from_consensus = audit.basis == "consensus";
    let left = percent(audit.judges_left_out, audit.judges);
    let left_by_top = percent(audit.judges_left_out_by_top_agreement, audit.judges);
    let holds = match (audit.extended_justified_representation_plus, audit.justified_representation) {
        (true, _) => 2,
        (false, true) => 1,
        (false, false) => 0,
    };
    match language {
        Language::En => {
            let from = if from_consensus {
                format!("the {candidates} entries claimed as consensus")
            } else {
                format!("the {candidates} of highest agreement, since too few are claimed as consensus")
            };
            let promise = [
                "A group that is due an entry has none.",
                "Every group that is due an entry has one, but not always as many as it is due.",
                "Every group of like-minded participants has as many entries as its size is due (EJR+).",
            ][holds];
            [
                format!(
                    "Up to {size} entries out of {from}: each time the one that represents the most participants who agree with nothing in the list yet, as long as every group large enough to be due an entry gets it."
                ),
                format!(
                    "{promise} Of {} with five ballots or more on candidates, {left} agree with none of the list; of the proposals of highest agreement, as many in number, {left_by_top} agree with none.",
                    counted(audit.judges, language)
                ),
            ]
        }
        Language::Fr => {
            let from = if from_consensus {
                format!("les {candidates} entrées affirmées comme consensus")
            } else {
                format!(
                    "les {candidates} qui recueillent le plus d’accord, faute d’assez de consensus affirmés"
                )
            };
            let promise = [
                "Un groupe qui a droit à une entrée n’en a pas.",
                "Chaque groupe qui a droit à une entrée en a une, mais pas toujours autant que sa taille le demande.",
                "Chaque groupe de participants du même avis a autant d’entrées que sa taille le demande (EJR+).",
            ][holds];
            [
                format!(
                    "Jusqu’à {size} entrées parmi {from}\u{a0}: chaque fois celle qui représente le plus de participants qui ne sont encore d’accord avec rien dans la liste, pourvu que chaque groupe assez grand pour avoir droit à une entrée l’obtienne."
                ),
                format!(
                    "{promise} Sur {} ayant voté au moins cinq fois sur les candidates, {left} ne sont d’accord avec rien dans la liste ; avec autant de propositions parmi les plus approuvées, ce serait {left_by_top}.",
                    counted(audit.judges, language)
                ),
            ]
        }
    }
}

/// "1,234 participants".
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
