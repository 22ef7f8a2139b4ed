//! What the server signs: participant cookies and vote keys. One secret, one derived key for each use.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use gd_domain::{Channel, ConsultationId, ParticipantId, ProposalNumber, Timestamp};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use thiserror::Error;

/// Fewest bytes of a secret.
pub const SECRET_LENGTH_MIN: usize = 32;

/// How long a vote key lives, in milliseconds: 24 hours.
pub const VOTE_KEY_LIFE_MS: i64 = 24 * 60 * 60 * 1000;

/// Bytes kept of a signature: 96 bits, out of reach of guessing over the network.
const SIGNATURE_LENGTH: usize = 12;

type HmacSha256 = Hmac<Sha256>;

/// The installation's secret, at least [`SECRET_LENGTH_MIN`] bytes that nobody can guess.
#[derive(Clone)]
pub struct Secret(HmacSha256);

impl Secret {
    /// A secret from its bytes; `None` when there are fewer than [`SECRET_LENGTH_MIN`].
    #[must_use]
    pub fn new(bytes: &[u8]) -> Option<Self> {
        (bytes.len() >= SECRET_LENGTH_MIN).then(|| Self(keyed(bytes)))
    }

    /// A secret for one purpose, which tells nothing of this one or of those for other purposes.
    #[must_use]
    pub fn subkey(&self, purpose: &str) -> [u8; 32] {
        let mut derivation = self.0.clone();
        derivation.update(purpose.as_bytes());
        derivation.finalize().into_bytes().into()
    }

    fn derive(&self, purpose: &str) -> HmacSha256 {
        keyed(&self.subkey(purpose))
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret(…)")
    }
}

fn keyed(bytes: &[u8]) -> HmacSha256 {
    HmacSha256::new_from_slice(bytes).expect("HMAC takes keys of any length")
}

fn channel_code(channel: Channel) -> u8 {
    u8::try_from(channel.index()).expect("there are five channels")
}

fn signature(key: &HmacSha256, parts: &[&[u8]]) -> HmacSha256 {
    let mut signature = key.clone();
    for part in parts {
        signature.update(part);
    }
    signature
}

/// Signs and reads vote keys.
///
/// A key is 17 bytes as URL-safe text: the channel, the expiry in seconds since 1970 (4 bytes, big
/// endian), and 12 bytes of HMAC-SHA-256 over those, the consultation, the proposal and the participant.
#[derive(Clone, Debug)]
pub struct VoteKeys {
    key: HmacSha256,
}

/// Why a vote key is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum VoteKeyError {
    /// Not made here, or for another proposal, participant or consultation.
    #[error("this key was not given to this participant for this proposal")]
    Invalid,
    /// Made here, but its time is over.
    #[error("this key has expired")]
    Expired,
}

impl VoteKeys {
    /// Keys under this secret.
    #[must_use]
    pub fn new(secret: &Secret) -> Self {
        Self { key: secret.derive("vote key 1") }
    }

    /// A key for this participant on this proposal, good for [`VOTE_KEY_LIFE_MS`] from `now`.
    #[must_use]
    pub fn issue(
        &self,
        consultation: ConsultationId,
        proposal: ProposalNumber,
        participant: ParticipantId,
        channel: Channel,
        now: Timestamp,
    ) -> String {
        let expiry_seconds =
            u32::try_from(now.plus_millis(VOTE_KEY_LIFE_MS).as_millis() / 1000).unwrap_or(u32::MAX);
        let mut key = [0; 5 + SIGNATURE_LENGTH];
        key[0] = channel_code(channel);
        key[1..5].copy_from_slice(&expiry_seconds.to_be_bytes());
        let full = self.signature(&key[..5], consultation, proposal, participant).finalize().into_bytes();
        key[5..].copy_from_slice(&full[..SIGNATURE_LENGTH]);
        URL_SAFE_NO_PAD.encode(key)
    }

    /// Reads a key and says through which channel the proposal was shown.
    ///
    /// # Errors
    /// [`VoteKeyError`]; a forged key is `Invalid` whatever expiry it claims.
    pub fn check(
        &self,
        key: &str,
        consultation: ConsultationId,
        proposal: ProposalNumber,
        participant: ParticipantId,
        now: Timestamp,
    ) -> Result<Channel, VoteKeyError> {
        let mut bytes = [0; 5 + SIGNATURE_LENGTH];
        let length = URL_SAFE_NO_PAD.decode_slice(key, &mut bytes).map_err(|_| VoteKeyError::Invalid)?;
        if length != bytes.len() {
            return Err(VoteKeyError::Invalid);
        }
        let (head, signed) = bytes.split_at(5);
        self.signature(head, consultation, proposal, participant)
            .verify_truncated_left(signed)
            .map_err(|_| VoteKeyError::Invalid)?;
        let channel = *Channel::ALL.get(usize::from(head[0])).ok_or(VoteKeyError::Invalid)?;
        let expiry_seconds = u32::from_be_bytes([head[1], head[2], head[3], head[4]]);
        if now.as_millis() >= i64::from(expiry_seconds) * 1000 {
            return Err(VoteKeyError::Expired);
        }
        Ok(channel)
    }

    fn signature(
        &self,
        head: &[u8],
        consultation: ConsultationId,
        proposal: ProposalNumber,
        participant: ParticipantId,
    ) -> HmacSha256 {
        let (consultation, proposal) = (consultation.0.to_be_bytes(), proposal.0.to_be_bytes());
        signature(&self.key, &[head, &consultation, &proposal, &participant.number().to_be_bytes()])
    }
}

/// Signs and reads the payload of a cookie: `payload.signature`, both URL-safe text.
#[derive(Clone, Debug)]
pub struct SignedCookie {
    key: HmacSha256,
}

impl SignedCookie {
    /// Cookies for one purpose under this secret; another purpose's cookies do not pass.
    #[must_use]
    pub fn new(secret: &Secret, purpose: &str) -> Self {
        Self { key: secret.derive(purpose) }
    }

    /// The cookie's text for a payload.
    #[must_use]
    pub fn seal(&self, payload: &[u8]) -> String {
        let full = signature(&self.key, &[payload]).finalize().into_bytes();
        format!("{}.{}", URL_SAFE_NO_PAD.encode(payload), URL_SAFE_NO_PAD.encode(&full[..SIGNATURE_LENGTH]))
    }

    /// The payload of a cookie that was sealed here; `None` for any other text.
    #[must_use]
    pub fn open(&self, cookie: &str) -> Option<Vec<u8>> {
        let (payload, signed) = cookie.split_once('.')?;
        let payload = URL_SAFE_NO_PAD.decode(payload).ok()?;
        let signed = URL_SAFE_NO_PAD.decode(signed).ok()?;
        if signed.len() != SIGNATURE_LENGTH {
            return None;
        }
        signature(&self.key, &[&payload]).verify_truncated_left(&signed).ok()?;
        Some(payload)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn secret(fill: u8) -> Secret {
        Secret::new(&[fill; 32]).unwrap()
    }

    fn issue(now: i64) -> String {
        VoteKeys::new(&secret(1)).issue(
            ConsultationId(1),
            ProposalNumber(2),
            ParticipantId::from_number(3).unwrap(),
            Channel::Explore,
            Timestamp::from_millis(now),
        )
    }

    fn check(key: &str, place: (i64, u32, i64), now: i64) -> Result<Channel, VoteKeyError> {
        VoteKeys::new(&secret(1)).check(
            key,
            ConsultationId(place.0),
            ProposalNumber(place.1),
            ParticipantId::from_number(place.2).unwrap(),
            Timestamp::from_millis(now),
        )
    }

    #[test]
    fn a_key_opens_its_own_place_for_a_day() {
        let key = issue(1_000_000);
        assert_eq!(check(&key, (1, 2, 3), 1_000_000), Ok(Channel::Explore));
        assert_eq!(check(&key, (1, 2, 3), 1_000_000 + VOTE_KEY_LIFE_MS - 1), Ok(Channel::Explore));
        assert_eq!(check(&key, (1, 2, 3), 1_000_000 + VOTE_KEY_LIFE_MS), Err(VoteKeyError::Expired));
    }

    #[test]
    fn a_key_opens_no_other_place() {
        let key = issue(1_000_000);
        for place in [(9, 2, 3), (1, 9, 3), (1, 2, 9)] {
            assert_eq!(check(&key, place, 1_000_000), Err(VoteKeyError::Invalid));
        }
    }

    #[test]
    fn a_changed_key_is_invalid_not_expired() {
        let key = issue(1_000_000);
        for place in 0..key.len() {
            let mut forged = key.clone().into_bytes();
            forged[place] = if forged[place] == b'A' { b'B' } else { b'A' };
            let forged = String::from_utf8(forged).unwrap();
            assert_eq!(check(&forged, (1, 2, 3), i64::MAX), Err(VoteKeyError::Invalid), "{place}");
        }
        for forged in ["", "é", "AAAA", &key[1..], &format!("{key}A")] {
            assert_eq!(check(forged, (1, 2, 3), 0), Err(VoteKeyError::Invalid));
        }
    }

    #[test]
    fn a_cookie_opens_under_its_secret_and_purpose_only() {
        let cookie = SignedCookie::new(&secret(1), "a").seal(b"payload");
        assert_eq!(SignedCookie::new(&secret(1), "a").open(&cookie).as_deref(), Some(&b"payload"[..]));
        assert_eq!(SignedCookie::new(&secret(1), "b").open(&cookie), None);
        assert_eq!(SignedCookie::new(&secret(2), "a").open(&cookie), None);
        assert_eq!(SignedCookie::new(&secret(1), "a").open(&cookie[1..]), None);
        assert_eq!(SignedCookie::new(&secret(1), "a").open("cGF5bG9hZA."), None);
    }

    #[test]
    fn short_secrets_are_refused() {
        assert!(Secret::new(&[0; SECRET_LENGTH_MIN - 1]).is_none());
    }
}
