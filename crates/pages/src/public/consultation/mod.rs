//! The consultations of the installation, the landing page of one, and the pages the law asks for.

mod home;
mod landing;
mod notice;

pub use home::{HomePage, ListedConsultation};
pub use landing::LandingPage;
pub use notice::{Notice, NoticePage};
