//! The files of `web/static`, embedded. Their addresses hold a digest of their content, so that a
//! server may let browsers keep them for ever.

use std::fmt::Write as _;
use std::sync::LazyLock;

use sha2::{Digest, Sha256};

/// A static file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Asset {
    /// Its content.
    pub bytes: &'static [u8],
    /// Its media type, with the character set where there is one.
    pub content_type: &'static str,
}

/// Where all of them are served.
pub const PREFIX: &str = "/static/";

/// Hexadecimal digits of the digest in an address.
const DIGEST_LENGTH: usize = 12;

macro_rules! files {
    ($($name:literal => $content_type:literal),+ $(,)?) => {
        [$(($name, Asset {
            bytes: include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/../../web/static/", $name)),
            content_type: $content_type,
        })),+]
    };
}

const FILES: [(&str, Asset); 5] = files! {
    "app.css" => "text/css; charset=utf-8",
    "favicon.svg" => "image/svg+xml",
    "report.css" => "text/css; charset=utf-8",
    "propose.js" => "text/javascript; charset=utf-8",
    "vote.js" => "text/javascript; charset=utf-8",
};

static URLS: LazyLock<[String; FILES.len()]> =
    LazyLock::new(|| FILES.map(|(name, asset)| format!("{PREFIX}{}", with_digest(name, asset.bytes))));

/// The file of an address: the part after [`PREFIX`], digest included. `None` when there is no such
/// file, or its content has another digest.
#[must_use]
pub fn find(path: &str) -> Option<Asset> {
    let place = URLS.iter().position(|url| url.strip_prefix(PREFIX) == Some(path))?;
    Some(FILES[place].1)
}

/// The address of a file of `web/static`, as in `/static/app.0123456789ab.css`.
///
/// # Panics
/// When there is no such file: names are written in our own templates.
#[must_use]
pub fn url(name: &str) -> &'static str {
    let place = FILES.iter().position(|&(known, _)| known == name);
    &URLS[place.expect("templates name files that exist: a test renders every page")]
}

/// The addresses of all files.
pub fn urls() -> impl Iterator<Item = &'static str> {
    URLS.iter().map(String::as_str)
}

/// The styles of a report, to be put inside a document that stands alone.
pub(crate) const REPORT_STYLES: [&str; 2] = [
    include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../../web/static/app.css")),
    include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../../web/static/report.css")),
];

fn with_digest(name: &str, bytes: &[u8]) -> String {
    let digest = Sha256::digest(bytes).iter().fold(String::new(), |mut text, byte| {
        write!(text, "{byte:02x}").expect("writing into a string does not fail");
        text
    });
    let (stem, extension) = name.rsplit_once('.').expect("our files have an extension");
    format!("{stem}.{}.{extension}", &digest[..DIGEST_LENGTH])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_is_found_at_its_address_and_nowhere_else() {
        for url in urls() {
            assert!(find(url.strip_prefix(PREFIX).unwrap()).is_some(), "{url}");
        }
        for wrong in ["app.css", "app.000000000000.css", "", "../Cargo.toml"] {
            assert_eq!(find(wrong), None);
        }
    }

    #[test]
    fn another_content_has_another_address() {
        assert_ne!(with_digest("a.css", b"one"), with_digest("a.css", b"two"));
    }

    #[test]
    fn scripts_and_styles_stay_small() {
        let size = |extension: &str| -> usize {
            FILES
                .iter()
                .filter(|(name, _)| name.ends_with(extension))
                .map(|(_, asset)| asset.bytes.len())
                .sum()
        };
        assert!(size(".js") <= 10 * 1024, "scripts: {} bytes", size(".js"));
        assert!(size(".css") <= 44 * 1024, "styles: {} bytes", size(".css"));
    }

    #[test]
    fn the_styles_can_stand_inside_a_document() {
        for styles in REPORT_STYLES {
            assert!(!styles.contains("</") && !styles.contains("url(") && !styles.contains("@import"));
        }
    }
}
