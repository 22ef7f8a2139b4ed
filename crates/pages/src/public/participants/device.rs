//! `/c/{slug}/votes/link` and `/c/{slug}/continue/{link}`: a participation goes on in another browser.

use askama::Template;
use gd_domain::Timestamp;

use crate::frame::{Frame, Here};

/// A link to another device, or what it leads to.
#[derive(Debug, Template)]
#[template(path = "public/participants/device.html")]
pub struct DevicePage<'a> {
    /// What every page has.
    pub frame: Frame<'a>,
    /// The consultation.
    pub here: Here<'a>,
    /// What is shown.
    pub state: DeviceState<'a>,
}

/// What the page shows.
#[derive(Clone, Copy, Debug)]
pub enum DeviceState<'a> {
    /// On the first device: the link.
    Offered {
        /// Its path.
        path: &'a str,
        /// Until when it holds.
        expires_at: Timestamp,
    },
    /// On the other device: whether to go on here.
    Asked {
        /// Whether this browser has a participation of its own, which it would not find again.
        replaces: bool,
    },
    /// The link does not hold.
    Expired,
}

impl DevicePage<'_> {
    /// The whole address where it is known, else the path.
    fn address(&self, path: &str) -> String {
        self.frame.whole_address(path).unwrap_or_else(|| path.to_owned())
    }
}
