//! Words and rules of a consultation: pure, no I/O, no async, no clock, no randomness.
//!
//! Every other room of the house speaks in these types. A rule about consultations lives here even
//! when a single caller needs it today. Time comes in as a [`Timestamp`] argument.

mod ballot;
mod ballot_columns;
mod calendar;
mod choice;
mod consultation;
mod fold;
mod ids;
mod label;
mod presentation;
mod proposal;
mod proposal_places;
mod proposal_text;
mod question;
mod site_origin;
mod tally;
mod thresholds_text;
mod timestamp;

pub use ballot::{Ballot, BallotEvent, Channel, Opinion, PositionedEvent, StandingBallot};
pub use ballot_columns::{BallotColumns, Column};
pub use calendar::{Action, Calendar, CalendarError, Phase};
pub use choice::{Choice, Qualification, QualificationNotAllowed, Qualifications, UnknownWord};
pub use consultation::{
    Audience, Consultation, ConsultationDraft, ConsultationError, Figures, Language, Moderation, Origin,
    ResultsVisibility, Rules, Theme,
};
pub use fold::{Change, Folded, ParticipantBallots, Standing, Stood, fold, standing_after};
pub use ids::{AudienceCode, ConsultationId, IdError, ParticipantId, Position, ProposalNumber, Slug};
pub use label::{Label, Thresholds};
pub use presentation::{Notices, Presentation};
pub use proposal::{ModerationStatus, Proposal, RefusalReason};
pub use proposal_places::ProposalPlaces;
pub use proposal_text::{PROPOSAL_LENGTH_DEFAULT, ProposalText, ProposalTextError, user_perceived_length};
pub use question::{Answer, Answers, Question, SHARED_BY_MIN, withhold_rare};
pub use site_origin::{SiteOrigin, SiteOriginError};
pub use tally::{AudienceCounts, Deltas, Tally};
pub use thresholds_text::ThresholdsError;
pub use timestamp::{Minute, Timestamp};
