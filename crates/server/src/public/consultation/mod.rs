//! The pages of the installation and of each consultation.

pub(crate) mod home;
pub(crate) mod landing;
pub(crate) mod notice;
