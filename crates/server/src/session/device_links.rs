//! Links that continue a participation on another device: signed, short-lived, used once.

use gd_domain::Timestamp;
use gd_engine::{Secret, SignedCookie};

use crate::session::participant::Participant;

const PURPOSE: &str = "device link 1";
const NUMBER_BYTES: usize = 8;

/// The content of a link.
pub(crate) struct DeviceLink {
    /// Random, so that each link can be used once.
    pub(crate) nonce: i64,
    /// The time from which the link is refused.
    pub(crate) expires_at: Timestamp,
    /// The participant that the browser which opens the link becomes.
    pub(crate) participant: Participant,
}

/// Writes and reads the last part of these links: the nonce and the expiry (8 bytes each, big endian) and the
/// payload of the participant's cookie, signed.
pub(crate) struct DeviceLinks(SignedCookie);

impl DeviceLinks {
    pub(crate) fn new(secret: &Secret) -> Self {
        Self(SignedCookie::new(secret, PURPOSE))
    }

    pub(crate) fn write(&self, link: &DeviceLink) -> String {
        let expires_at = link.expires_at.as_millis().to_be_bytes();
        self.0.seal(&[&link.nonce.to_be_bytes()[..], &expires_at, &link.participant.payload()].concat())
    }

    /// The content of a link signed here, used or not.
    pub(crate) fn read(&self, link: &str) -> Option<DeviceLink> {
        let payload = self.0.open(link)?;
        let (nonce, rest) = payload.split_first_chunk::<NUMBER_BYTES>()?;
        let (expires_at, participant) = rest.split_first_chunk::<NUMBER_BYTES>()?;
        Some(DeviceLink {
            nonce: i64::from_be_bytes(*nonce),
            expires_at: Timestamp::from_millis(i64::from_be_bytes(*expires_at)),
            participant: Participant::read(participant)?,
        })
    }
}
