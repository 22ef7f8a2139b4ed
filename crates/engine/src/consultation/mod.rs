//! Consultation: the question and its calendar, in memory; creating, changing, opening and closing.

pub(crate) mod catalogue;
pub(crate) mod lookup;
pub(crate) mod manage;
pub mod ports;
pub(crate) mod view;

pub use catalogue::Catalogue;
pub use lookup::{Lookup, LookupError, ReadError};
pub use manage::ManageError;
pub use view::ConsultationView;
