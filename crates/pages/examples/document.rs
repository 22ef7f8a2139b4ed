//! Writes a report as the page that stands alone, in every language, so that a person can look at it:
//! `cargo run -p gd-pages --example document -- REPORT.json FOLDER`.

use gd_report::Report;
use std::fs;
use std::io;
use std::path::Path;

use gd_domain::Language;
use gd_pages::{Page, ReportDocument};

fn main() -> io::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let (Some(file), Some(folder)) = (arguments.next(), arguments.next()) else {
        return Err(io::Error::other(
            "say of which report and into which folder: document REPORT.json FOLDER",
        ));
    };
    let report: Report = serde_json::from_str(&fs::read_to_string(&file)?).map_err(io::Error::other)?;
    fs::create_dir_all(&folder)?;
    for language in Language::ALL {
        let html = ReportDocument::new(language, &file, &report, None).to_html();
        fs::write(Path::new(&folder).join(format!("report.{language}.html")), html)?;
    }
    Ok(())
}
