//! Sessions: the signed cookies and links that tell who sends a request.

pub(crate) mod device_links;
pub(crate) mod participant;
pub(crate) mod receipts;
pub(crate) mod visitor;
pub(crate) mod widget;
pub(crate) mod widget_tokens;
