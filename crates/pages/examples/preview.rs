//! Writes every page and state, in every language, into a folder, so that a person can look at them:
//! `cargo run -p gd-pages --example preview -- FOLDER`, then open `FOLDER/index.html`.

use std::fs;
use std::io;
use std::path::Path;

use gd_domain::Language;
use gd_pages::assets;

#[expect(clippy::unwrap_used, reason = "sample data is fixed")]
#[path = "../tests/pages/samples/mod.rs"]
mod samples;

fn main() -> io::Result<()> {
    let Some(folder) = std::env::args().nth(1) else {
        return Err(io::Error::other("say into which folder: preview FOLDER"));
    };
    write_preview(Path::new(&folder))
}

fn write_preview(folder: &Path) -> io::Result<()> {
    let mut index = String::from("<!doctype html><html lang=\"fr\"><title>Preview</title><ul>");
    for language in Language::ALL {
        for (name, html) in samples::pages(language) {
            let file = format!("{name}.{language}.html");
            // Opened as files, the pages find what they need beside them.
            fs::create_dir_all(folder)?;
            fs::write(folder.join(&file), html.replace("\"/static/", "\"static/"))?;
            index.extend(["<li><a href=\"", &file, "\">", &file, "</a></li>"]);
        }
    }
    fs::create_dir_all(folder.join("static"))?;
    for url in assets::urls() {
        let name = url.trim_start_matches(assets::PREFIX);
        let asset = assets::find(name).ok_or_else(|| io::Error::other("an asset has no content"))?;
        fs::write(folder.join("static").join(name), asset.bytes)?;
    }
    fs::write(folder.join("index.html"), index)
}
