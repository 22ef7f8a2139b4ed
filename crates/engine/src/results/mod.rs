pub(crate) mod rank;
pub(crate) mod ranked_orders;
pub(crate) mod report;
pub(crate) mod votes_on_record;
