//! The hash chain of the audit trail: SHA-256 over an entry's fields and the hash before it.

use gd_domain::{AuditDraft, AuditHash, Checkpoint, DetailDigest, Timestamp};
use hmac::Mac;
use sha2::{Digest, Sha256};

use crate::running::secret::{HmacSha256, signature};

/// The digest that stands for a detail in the chain: SHA-256 of the salt, then the JSON text.
#[must_use]
pub fn detail_digest(salt: &[u8; 16], detail: &str) -> DetailDigest {
    Sha256::new().chain_update(salt).chain_update(detail.as_bytes()).finalize().into()
}

/// The hash of the entry at this position after the one of hash `previous`. Texts have their length in bytes before
/// them, numbers are eight bytes, highest first; no consultation is 0.
#[must_use]
pub fn entry_hash(
    position: u64,
    entry: &AuditDraft,
    digest: &DetailDigest,
    previous: &AuditHash,
) -> AuditHash {
    let mut hash = Sha256::new();
    hash.update(previous);
    hash.update(position.to_be_bytes());
    hash.update(entry.at.as_millis().to_be_bytes());
    hash.update(entry.consultation.map_or(0, |consultation| consultation.0).to_be_bytes());
    for text in [&*entry.actor, entry.action.as_str(), entry.phase.as_str(), &*entry.subject] {
        hash.update((text.len() as u64).to_be_bytes());
        hash.update(text.as_bytes());
    }
    hash.update(digest);
    hash.finalize().into()
}

fn signed(key: &HmacSha256, position: u64, hash: &AuditHash, cut_at: Timestamp) -> HmacSha256 {
    signature(key, &[&position.to_be_bytes(), hash, &cut_at.as_millis().to_be_bytes()])
}

/// A checkpoint signed under the installation's secret.
pub(crate) fn sign(key: &HmacSha256, position: u64, hash: AuditHash, cut_at: Timestamp) -> Checkpoint {
    let signature = signed(key, position, &hash, cut_at).finalize().into_bytes().into();
    Checkpoint { position, hash, cut_at, signature }
}

/// Whether a checkpoint was signed here.
pub(crate) fn is_signed(key: &HmacSha256, checkpoint: &Checkpoint) -> bool {
    let Checkpoint { position, hash, cut_at, signature } = checkpoint;
    signed(key, *position, hash, *cut_at).verify_slice(signature).is_ok()
}
