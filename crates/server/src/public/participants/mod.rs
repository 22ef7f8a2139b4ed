//! The pages about oneself: questions, personal data, other devices.

pub(crate) mod answers;
pub(crate) mod device;
pub(crate) mod my_data;
