pub(crate) mod consultations;
