//! The files of `web/static`, embedded. Their addresses hold a digest of their content, so that a
//! server may let browsers keep them for ever.

use std::fmt::Write as _;
use std::sync::LazyLock;

use sha2::{Digest, Sha256};

/// A static file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Asset {
    /// The bytes of the file.
    pub bytes: &'static [u8],
    /// Its media type, with the character set where there is one.
    pub content_type: &'static str,
}

/// The path under which all static files are served.
pub const PREFIX: &str = "/static/";

/// Hexadecimal digits of the digest in an address.
const DIGEST_LENGTH: usize = 12;

macro_rules! files {
    ($($room:literal: $($name:literal => $content_type:expr),+);+ $(;)?) => {
        [$($(($name, Asset {
            bytes: include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/../../web/static/", $room, "/", $name)),
            content_type: $content_type,
        })),+),+]
    };
}

/// Makes a widget's frame in a page of another site.
const FOR_OTHERS: &str = "widget.js";

/// Each room's files. A script stands after those it imports.
const FILES: [(&str, Asset); 10] = files! {
    "frame": "app.css" => STYLE, "favicon.svg" => "image/svg+xml", "share.png" => "image/png";
    "report": "report.css" => STYLE;
    "public": "widget.js" => SCRIPT, "frame.js" => SCRIPT, "outbox.js" => SCRIPT, "mine.js" => SCRIPT,
        "propose.js" => SCRIPT, "vote.js" => SCRIPT;
};

const STYLE: &str = "text/css; charset=utf-8";
const SCRIPT: &str = "text/javascript; charset=utf-8";

/// The files with their addresses.
static SERVED: LazyLock<Vec<(String, Asset)>> = LazyLock::new(|| {
    let mut served = Vec::<(String, Asset)>::new();
    for (place, (name, asset)) in FILES.into_iter().enumerate() {
        let asset = match asset.content_type {
            SCRIPT => Asset { bytes: with_addresses(asset.bytes, &served[..place]), ..asset },
            _ => asset,
        };
        served.push((format!("{PREFIX}{}", with_digest(name, asset.bytes)), asset));
    }
    served
});

/// A script with the addresses of the modules it imports, so that a change in one of them changes its own
/// address too. What is made stays for as long as the program runs.
fn with_addresses(script: &'static [u8], before: &[(String, Asset)]) -> &'static [u8] {
    let mut text = str::from_utf8(script).expect("our scripts are text").to_owned();
    for ((name, _), (url, _)) in FILES.iter().zip(before) {
        text = text.replace(&format!("from \"./{name}\""), &format!("from \"{url}\""));
    }
    text.into_bytes().leak()
}

/// The file of an address: the part after [`PREFIX`], digest included. `None` when there is no such
/// file, or its content has another digest.
#[must_use]
pub fn find(path: &str) -> Option<Asset> {
    let served = SERVED.iter().find(|(url, _)| url.strip_prefix(PREFIX) == Some(path))?;
    Some(served.1)
}

/// The file that other sites name in their pages, at an address that never changes.
#[must_use]
pub fn for_others(path: &str) -> Option<Asset> {
    FILES.iter().find(|&&(name, _)| name == FOR_OTHERS && name == path).map(|&(_, asset)| asset)
}

/// The address of a file by its name, whatever its room, as in `/static/app.0123456789ab.css`.
///
/// # Panics
/// When there is no such file: names are written in our own templates.
#[must_use]
pub fn url(name: &str) -> &'static str {
    let place = FILES.iter().position(|&(known, _)| known == name);
    &SERVED[place.expect("templates name files that exist: a test renders every page")].0
}

/// The addresses of all files.
pub fn urls() -> impl Iterator<Item = &'static str> {
    SERVED.iter().map(|(url, _)| url.as_str())
}

/// The styles of a report, to be put inside a document that stands alone.
pub(crate) const REPORT_STYLES: [&str; 2] = [
    include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../../web/static/frame/app.css")),
    include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../../web/static/report/report.css")),
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
        // Before compression, and no page has all of them; the browser tests hold what is transferred to its budget.
        assert!(size(".js") <= 28 * 1024, "scripts: {} bytes", size(".js"));
        assert!(size(".css") <= 48 * 1024, "styles: {} bytes", size(".css"));
    }

    #[test]
    fn other_sites_name_one_small_script_by_an_address_that_stays() {
        assert!(for_others("widget.js").unwrap().bytes.len() <= 3 * 1024);
        assert_eq!(for_others("vote.js"), None);
    }

    #[test]
    fn scripts_import_one_another_by_their_addresses() {
        let script = find(url("vote.js").strip_prefix(PREFIX).unwrap()).unwrap();
        let text = str::from_utf8(script.bytes).unwrap();
        assert!(text.contains(&format!("from \"{}\"", url("outbox.js"))));
        assert!(!text.contains("from \"./"));
    }

    #[test]
    fn the_styles_can_stand_inside_a_document() {
        for styles in REPORT_STYLES {
            assert!(!styles.contains("</") && !styles.contains("url(") && !styles.contains("@import"));
        }
    }
}
