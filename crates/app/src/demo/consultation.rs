//! The consultation of the demo as its organizers would describe it. The body that asks is fictional.

use gd_domain::{
    Answer, Calendar, ConsultationDraft, Language, Moderation, Origin, PROPOSAL_LENGTH_DEFAULT, Presentation,
    Question, ResultsVisibility, Rules, Timestamp,
};

use super::proposals::themes;
use super::public::Public;

const DAY_MILLIS: i64 = 24 * 60 * 60 * 1_000;
const OPENED_DAYS_AGO: i64 = 40;
const WORKSHOPS_IN_DAYS: i64 = 15;
const CONCERTATION_IN_DAYS: i64 = 45;
const CLOSED_IN_DAYS: i64 = 75;

const QUESTION: &str = "Comment rendre, ensemble, la vie plus simple à celles et ceux qui cotisent ?";

const INTRODUCTION: &str = "\
Indépendants, employeurs, associations, agents et directions des caisses : pendant huit semaines, chacun peut \
proposer une idée en 140 caractères et dire ce qu’il pense de celles des autres. Il n’y a ni compte à créer ni \
bonne réponse à trouver, et cinq minutes suffisent. Les voix des trois publics comptent à égalité : les résultats \
montrent ce qui les rassemble, ce qui les sépare et ce qu’ils écartent.\n\n\
Les idées les plus soutenues seront travaillées dans trois ateliers réunissant des cotisants, des agents et des \
directeurs. Les projets qui en sortiront vous seront soumis à leur tour, puis la caisse dira publiquement ce \
qu’elle retient, ce qu’elle écarte et pourquoi.\n\n\
Cette consultation est une démonstration : l’organisme, les propositions et les votes sont inventés.";

/// The consultation as of `now`: open since 40 days, closing in 15, workshops and concertation ahead.
#[must_use]
pub fn consultation_draft(now: Timestamp) -> ConsultationDraft {
    ConsultationDraft {
        slug: "grand-dialogue".parse().expect("a plain short name"),
        organisation: "Caisse nationale des cotisations solidaires (organisme fictif)".to_owned(),
        question: QUESTION.to_owned(),
        introduction: INTRODUCTION.to_owned(),
        language: Language::Fr,
        rules: Rules {
            proposal_length_max: PROPOSAL_LENGTH_DEFAULT,
            moderation: Moderation::Before,
            results: ResultsVisibility::Live,
        },
        audiences: Public::ALL.map(Public::audience).into(),
        questions: questions(),
        themes: themes(),
        calendar: calendar(now),
        origin: Origin::Native,
        presentation: Presentation {
            time_zone: "Europe/Paris".to_owned(),
            // A page on the reader's own machine can try the widget.
            widget_origins: vec!["http://localhost:*".parse().expect("an origin")],
            ..Presentation::default()
        },
    }
}

/// The demo's questions to participants about themselves.
fn questions() -> Vec<Question> {
    let answer = |(id, title): (&str, &str)| Answer {
        id: id.parse().expect("a plain short name"),
        title: title.into(),
    };
    let question = |id: &str, text: &str, choices: &[(&str, &str)]| Question {
        id: id.parse().expect("a plain short name"),
        text: text.to_owned(),
        choices: choices.iter().copied().map(answer).collect(),
    };
    vec![
        question(
            "anciennete",
            "Depuis combien de temps connaissez-vous la caisse\u{a0}?",
            &[
                ("moins-de-2-ans", "Moins de 2 ans"),
                ("2-a-10-ans", "2 à 10 ans"),
                ("plus-de-10-ans", "Plus de 10 ans"),
            ],
        ),
        question(
            "territoire",
            "Où vivez-vous\u{a0}?",
            &[
                ("grande-ville", "Une grande ville"),
                ("ville", "Une ville petite ou moyenne"),
                ("campagne", "La campagne"),
            ],
        ),
    ]
}

fn calendar(now: Timestamp) -> Calendar {
    let in_days = |days: i64| Some(now.plus_millis(days * DAY_MILLIS));
    Calendar::new(
        in_days(-OPENED_DAYS_AGO),
        in_days(WORKSHOPS_IN_DAYS),
        in_days(CONCERTATION_IN_DAYS),
        in_days(CLOSED_IN_DAYS),
    )
    .expect("the days above are in the order of the phases")
}

#[cfg(test)]
mod tests {
    use gd_domain::{AudienceCode, Consultation, ConsultationId, Phase};

    use super::*;

    const NOW: Timestamp = Timestamp::from_millis(1_760_000_000_000);

    #[test]
    fn the_consultation_is_valid_and_open() {
        let draft = consultation_draft(NOW);
        assert_eq!(draft.validate(), Ok(()));
        let in_days = |days: i64| NOW.plus_millis(days * DAY_MILLIS);
        let phases = [-41, -40, 14, 15, 45, 75].map(|days| draft.calendar.phase_at(in_days(days)));
        assert_eq!(
            phases,
            [
                Phase::Draft,
                Phase::Consultation,
                Phase::Consultation,
                Phase::Workshops,
                Phase::Concertation,
                Phase::Closed
            ]
        );
    }

    #[test]
    fn the_publics_have_the_codes_of_the_audiences() {
        let consultation = Consultation { id: ConsultationId(1), description: consultation_draft(NOW) };
        for public in Public::ALL {
            let code = consultation.audience_code(public.audience().id.as_str());
            assert_eq!(code, Some(public.code()));
            assert_ne!(public.code(), AudienceCode::UNDECLARED);
        }
    }
}
