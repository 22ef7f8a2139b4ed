//! The commented TOML file in which an organizer describes a consultation.

use anyhow::Context;
use gd_domain::{
    Audience, Calendar, ConsultationDraft, Language, Moderation, Notices, Origin, PROPOSAL_LENGTH_DEFAULT,
    Presentation, Question, ResultsVisibility, Rules, SiteOrigin, Slug, Theme, Timestamp,
};
use serde::Deserialize;

/// The output of `consultation template`.
pub(crate) const TEMPLATE: &str = include_str!("consultation_template.toml");

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ConsultationFile {
    slug: Slug,
    organisation: String,
    question: String,
    #[serde(default)]
    introduction: String,
    #[serde(default)]
    language: Language,
    #[serde(default)]
    rules: RulesTable,
    #[serde(default)]
    calendar: CalendarTable,
    #[serde(default)]
    audiences: Vec<Audience>,
    #[serde(default)]
    questions: Vec<Question>,
    #[serde(default)]
    themes: Vec<Theme>,
    #[serde(default)]
    time_zone: String,
    #[serde(default)]
    answer_prefix: String,
    #[serde(default)]
    widget_origins: Vec<SiteOrigin>,
    #[serde(default)]
    notices: NoticesTable,
}

#[derive(Deserialize)]
#[serde(default, deny_unknown_fields)]
struct RulesTable {
    proposal_length_max: u16,
    moderation: Moderation,
    results: ResultsVisibility,
}

impl Default for RulesTable {
    fn default() -> Self {
        Self {
            proposal_length_max: PROPOSAL_LENGTH_DEFAULT,
            moderation: Moderation::default(),
            results: ResultsVisibility::default(),
        }
    }
}

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[expect(clippy::struct_field_names, reason = "each says from which instant on its phase lasts")]
struct CalendarTable {
    consultation_from: Option<toml::value::Datetime>,
    workshops_from: Option<toml::value::Datetime>,
    concertation_from: Option<toml::value::Datetime>,
    closed_from: Option<toml::value::Datetime>,
}

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct NoticesTable {
    privacy: String,
    accessibility: String,
    legal: String,
}

/// Reads a consultation's description.
pub(crate) fn parse(text: &str) -> anyhow::Result<ConsultationDraft> {
    let file = toml::from_str::<ConsultationFile>(text)?;
    let calendar = Calendar::new(
        instant(file.calendar.consultation_from)?,
        instant(file.calendar.workshops_from)?,
        instant(file.calendar.concertation_from)?,
        instant(file.calendar.closed_from)?,
    )?;
    let draft = ConsultationDraft {
        slug: file.slug,
        organisation: file.organisation,
        question: file.question.trim().to_owned(),
        introduction: file.introduction.trim().to_owned(),
        language: file.language,
        rules: Rules {
            proposal_length_max: file.rules.proposal_length_max,
            moderation: file.rules.moderation,
            results: file.rules.results,
        },
        audiences: file.audiences,
        questions: file.questions,
        themes: file.themes,
        calendar,
        origin: Origin::Native,
        presentation: Presentation {
            time_zone: known_zone(file.time_zone)?,
            answer_prefix: file.answer_prefix.trim().to_owned(),
            widget_origins: file.widget_origins,
            notices: Notices {
                privacy: file.notices.privacy.trim().to_owned(),
                accessibility: file.notices.accessibility.trim().to_owned(),
                legal: file.notices.legal.trim().to_owned(),
            },
        },
    };
    draft.validate()?;
    Ok(draft)
}

/// The zone, if pages will know it.
fn known_zone(name: String) -> anyhow::Result<String> {
    anyhow::ensure!(
        name.is_empty() || gd_pages::is_time_zone(&name),
        "there is no time zone `{name}`: write its name in the IANA database, as in Europe/Paris"
    );
    Ok(name)
}

fn instant(date: Option<toml::value::Datetime>) -> anyhow::Result<Option<Timestamp>> {
    let Some(date) = date else { return Ok(None) };
    let text = date.to_string();
    let instant = text.parse::<jiff::Timestamp>().with_context(|| {
        format!("the date {text} does not say when exactly: write day, hour and offset, as in 2026-03-02T09:00:00+01:00")
    })?;
    Ok(Some(Timestamp::from_millis(instant.as_millisecond())))
}

#[cfg(test)]
mod tests {
    use super::*;
    use gd_domain::Phase;

    #[test]
    fn the_template_is_a_consultation() {
        let draft = parse(TEMPLATE).unwrap();
        assert_eq!(draft.slug.as_str(), "ma-consultation");
        assert_eq!(draft.audiences.len(), 2);
        assert_eq!(draft.questions.len(), 1);
        assert_eq!(draft.questions[0].choices.len(), 4);
        assert_eq!(draft.presentation.time_zone, "Europe/Paris");
        assert_eq!(draft.presentation.answer_prefix, "");
        assert_eq!(draft.presentation.widget_origins, []);
        let notices = &draft.presentation.notices;
        assert!(
            [&notices.privacy, &notices.accessibility, &notices.legal].iter().all(|text| !text.is_empty())
        );
        assert!(draft.calendar.start_of(Phase::Closed).is_some());
    }

    #[test]
    fn mistakes_are_named() {
        let swap = |from: &str, to: &str| parse(&TEMPLATE.replace(from, to)).unwrap_err().to_string();
        assert!(TEMPLATE.contains("2027-01-11T09:00:00+01:00"));
        assert!(swap("2027-01-11T09:00:00+01:00", "2027-01-11").contains("when exactly"));
        assert!(
            swap("2027-01-11T09:00:00+01:00", "2028-01-11T09:00:00+01:00").contains("order of the phases")
        );
        assert!(swap("slug = \"ma-consultation\"", "slug = \"Ma Consultation\"").contains("short name"));
        assert!(swap("Europe/Paris", "Europe/Pari").contains("IANA"));
        assert!(swap("widget_origins = []", "widget_origins = [\"journal.example\"]").contains("https://"));
        assert!(swap("question =", "qestion =").contains("qestion"));
    }
}
