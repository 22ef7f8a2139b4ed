//! The installation's secret, keys derived from it, and signed cookies. Each use has a key of its own.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// Fewest bytes of a secret.
pub const SECRET_LENGTH_MIN: usize = 32;

/// Bytes kept of a signature: 96 bits, out of reach of guessing over the network.
pub(crate) const SIGNATURE_LENGTH: usize = 12;

pub(crate) type HmacSha256 = Hmac<Sha256>;

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

    pub(crate) fn derive(&self, purpose: &str) -> HmacSha256 {
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

/// The HMAC of these parts one after the other.
pub(crate) fn signature(key: &HmacSha256, parts: &[&[u8]]) -> HmacSha256 {
    let mut signature = key.clone();
    for part in parts {
        signature.update(part);
    }
    signature
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
