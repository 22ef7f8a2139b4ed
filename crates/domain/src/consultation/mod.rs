//! The consultation: one open question with its rules, audiences, themes and calendar.

mod calendar;
mod description;
mod presentation;
mod question;
mod rules;
mod site_origin;

pub use calendar::{Action, Calendar, CalendarError, Phase};
pub use description::{Audience, Consultation, ConsultationDraft, ConsultationError, Figures, Theme};
pub use presentation::{Notices, Presentation};
pub use question::{Answer, Answers, Question, SHARED_BY_MIN, withhold_rare};
pub use rules::{Language, Moderation, Origin, PROPOSAL_LENGTH_DEFAULT, ResultsVisibility, Rules};
pub use site_origin::{SiteOrigin, SiteOriginError};
