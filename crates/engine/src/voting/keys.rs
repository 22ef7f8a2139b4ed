//! Vote keys: proof that this server showed an item to a participant.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use gd_domain::{Channel, ItemNumber, ParticipantId, PollId, Timestamp};
use hmac::Mac;
use thiserror::Error;

use crate::running::secret::{HmacSha256, SIGNATURE_LENGTH, Secret, signature};

/// Life of a vote key in milliseconds: 24 hours.
pub const VOTE_KEY_LIFE_MS: i64 = 24 * 60 * 60 * 1000;

fn channel_code(channel: Channel) -> u8 {
    u8::try_from(channel.index()).expect("there are few channels")
}

/// Signs and reads vote keys.
///
/// A key is 17 bytes as URL-safe text: the channel, the expiry in seconds since 1970 (4 bytes, big
/// endian), and 12 bytes of HMAC-SHA-256 over those, the poll, the item and the participant.
#[derive(Clone, Debug)]
pub struct VoteKeys {
    key: HmacSha256,
}

/// The reason for refusing a vote key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum VoteKeyError {
    /// Not made here, or for another poll, item or participant.
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
        poll: PollId,
        proposal: ItemNumber,
        participant: ParticipantId,
        channel: Channel,
        now: Timestamp,
    ) -> String {
        let expiry_seconds =
            u32::try_from(now.plus_millis(VOTE_KEY_LIFE_MS).as_millis() / 1000).unwrap_or(u32::MAX);
        let mut key = [0; 5 + SIGNATURE_LENGTH];
        key[0] = channel_code(channel);
        key[1..5].copy_from_slice(&expiry_seconds.to_be_bytes());
        let full = self.signature(&key[..5], poll, proposal, participant).finalize().into_bytes();
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
        poll: PollId,
        proposal: ItemNumber,
        participant: ParticipantId,
        now: Timestamp,
    ) -> Result<Channel, VoteKeyError> {
        let mut bytes = [0; 5 + SIGNATURE_LENGTH];
        let length = URL_SAFE_NO_PAD.decode_slice(key, &mut bytes).map_err(|_| VoteKeyError::Invalid)?;
        if length != bytes.len() {
            return Err(VoteKeyError::Invalid);
        }
        let (head, signed) = bytes.split_at(5);
        self.signature(head, poll, proposal, participant)
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
        poll: PollId,
        proposal: ItemNumber,
        participant: ParticipantId,
    ) -> HmacSha256 {
        let (poll, proposal) = (poll.0.to_be_bytes(), proposal.0.to_be_bytes());
        signature(&self.key, &[head, &poll, &proposal, &participant.number().to_be_bytes()])
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
            PollId(1),
            ItemNumber(2),
            ParticipantId::from_number(3).unwrap(),
            Channel::Explore,
            Timestamp::from_millis(now),
        )
    }

    fn check(key: &str, place: (i64, u32, i64), now: i64) -> Result<Channel, VoteKeyError> {
        VoteKeys::new(&secret(1)).check(
            key,
            PollId(place.0),
            ItemNumber(place.1),
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
}
