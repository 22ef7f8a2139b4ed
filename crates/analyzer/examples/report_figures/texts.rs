//! Texts of proposals: as many different ones as wanted, each tenth saying what an earlier one says in nearly the
//! same words.

const OPENINGS: [&str; 4] = ["Il faut", "On devrait", "Je propose de", "Pourquoi ne pas"];
const DEEDS: [&str; 20] = [
    "simplifier",
    "supprimer",
    "regrouper",
    "traduire",
    "expliquer",
    "raccourcir",
    "afficher",
    "envoyer par courrier",
    "rendre gratuits",
    "ouvrir le samedi",
    "numériser",
    "garder sur papier",
    "relire avec les usagers",
    "publier",
    "comparer chaque année",
    "confier aux mairies",
    "contrôler",
    "payer plus tôt",
    "annoncer à l'avance",
    "tester",
];
const THINGS: [&str; 25] = [
    "les formulaires",
    "les guichets",
    "les attestations",
    "les relances",
    "les délais de réponse",
    "les rendez-vous",
    "les remboursements",
    "les déclarations",
    "les factures",
    "les notices",
    "les courriers",
    "les codes d'accès",
    "les échéances",
    "les pénalités",
    "les aides à l'embauche",
    "les contrôles",
    "les simulateurs",
    "les numéros d'appel",
    "les pièces à fournir",
    "les comptes en ligne",
    "les statuts",
    "les seuils",
    "les horaires",
    "les réunions",
    "les bilans",
];
const PEOPLE: [&str; 25] = [
    "des artisans",
    "des agriculteurs",
    "des étudiants",
    "des retraités",
    "des parents seuls",
    "des auteurs",
    "des intérimaires",
    "des associations",
    "des apprentis",
    "des infirmiers",
    "des commerçants",
    "des chauffeurs",
    "des saisonniers",
    "des employeurs à domicile",
    "des micro-entrepreneurs",
    "des frontaliers",
    "des marins",
    "des restaurateurs",
    "des aidants",
    "des architectes",
    "des éleveurs",
    "des coiffeurs",
    "des libraires",
    "des musiciens",
    "des traducteurs",
];
const PLACES: [&str; 20] = [
    "en ville",
    "à la campagne",
    "en montagne",
    "outre-mer",
    "sur le littoral",
    "dans les gares",
    "à l'hôpital",
    "dans les écoles",
    "au tribunal",
    "à la poste",
    "sur les marchés",
    "dans les ports",
    "en préfecture",
    "dans les bibliothèques",
    "à l'université",
    "dans les zones franches",
    "près des usines",
    "à domicile",
    "au téléphone",
    "sur internet",
];

/// Every so-manieth text is another way to say the one just before it.
const AGAIN: u32 = 10;

/// Deeds, things, people and places to combine.
const COMBINATIONS: u32 = 20 * 25 * 25 * 20;

/// The text of the proposal at this place.
pub(crate) fn text(place: u32) -> String {
    let (said, opening) =
        if place % AGAIN == AGAIN - 1 { (place - 1, place / AGAIN + 1) } else { (place, place / AGAIN) };
    // A step that shares no factor with the number of combinations visits each of them once.
    let mut rest = said.wrapping_mul(104_729) % COMBINATIONS;
    let mut pick = |words: &'static [&'static str]| {
        let count = u32::try_from(words.len()).expect("a few words");
        let word = words[(rest % count) as usize];
        rest /= count;
        word
    };
    let (deed, thing, people, at) = (pick(&DEEDS), pick(&THINGS), pick(&PEOPLE), pick(&PLACES));
    let opening = OPENINGS[opening as usize % OPENINGS.len()];
    let more = said / COMBINATIONS;
    let more = if more == 0 { String::new() } else { format!(" ({})", more + 1) };
    format!("{opening} {deed} {thing} {people} {at}{more}")
}
