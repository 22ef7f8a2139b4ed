//! `/c/{slug}/votes/link` and `/c/{slug}/continue/{link}`: a participation goes on in another browser.

use askama::Template;
use gd_domain::Timestamp;

use crate::frame::{Frame, Here};

/// A link to another device, or the page that the link opens.
#[derive(Debug, Template)]
#[template(path = "public/participants/device.html")]
pub struct DevicePage<'a> {
    /// Language, path and origin of the page.
    pub frame: Frame<'a>,
    /// The consultation the page belongs to.
    pub here: Here<'a>,
    /// The state to show.
    pub state: DeviceState<'a>,
}

/// States of the page.
#[derive(Clone, Copy, Debug)]
pub enum DeviceState<'a> {
    /// On the first device: the link.
    Offered {
        /// The path of the link.
        path: &'a str,
        /// The instant when the link expires.
        expires_at: Timestamp,
    },
    /// On the other device: whether to go on here.
    Asked {
        /// Whether this browser has a participation of its own, which it would not find again.
        replaces: bool,
    },
    /// The link has expired or is wrong.
    Expired,
}

impl DevicePage<'_> {
    /// The whole address where it is known, else the path.
    fn address(&self, path: &str) -> String {
        self.frame.whole_address(path).unwrap_or_else(|| path.to_owned())
    }
}
