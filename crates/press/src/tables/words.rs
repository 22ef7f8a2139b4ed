//! The words of the workbook in each language: sheets, columns, headings, limits.

use gd_domain::Language;

/// Texts of the workbook around its figures.
pub(super) struct Words {
    /// The name of the sheet with the entries, of 31 letters at most.
    pub(super) list: &'static str,
    /// The name of the sheet that explains the first, of 31 letters at most.
    pub(super) about: &'static str,
    /// Each column of the first sheet, with what it means.
    pub(super) columns: [(&'static str, &'static str); COLUMNS],
    pub(super) column: &'static str,
    pub(super) meaning: &'static str,
    pub(super) how_chosen: &'static str,
    pub(super) how_represented: &'static str,
    pub(super) cannot_show: &'static str,
    /// Limits that every shortlist has.
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
