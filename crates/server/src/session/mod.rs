//! Sessions: the signed cookies and links that identify the sender of a request.

pub(crate) mod device_links;
pub(crate) mod participant;
pub(crate) mod receipts;
pub(crate) mod visitor;
pub(crate) mod widget;
pub(crate) mod widget_tokens;
