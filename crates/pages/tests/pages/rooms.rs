//! Rooms in order: a room uses itself and those before it, in the code and in the templates.

use std::path::Path;

use crate::files;

/// Rooms by their folder in `src` and in `web/templates`, first those that later ones may use.
const ROOMS: [&str; 7] = [
    "frame",
    "report",
    "public/consultation",
    "public/participants",
    "public/voting",
    "public/proposals",
    "public/results",
];

#[test]
fn a_room_uses_only_those_before_it() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    for root in [here.join("src"), here.join("../../web/templates")] {
        for (place, room) in ROOMS.iter().enumerate() {
            for (file, text) in files::below(root.join(room)) {
                let later = ROOMS[place + 1..].iter().find(|later| names(&text, later));
                assert_eq!(later, None, "{} uses a room after its own", file.display());
            }
        }
    }
}

/// Whether a text names a room as a path of modules or as the folder of a template.
fn names(text: &str, room: &str) -> bool {
    let module = format!("crate::{}", room.replace('/', "::"));
    let folder = format!("\"{room}/");
    text.contains(&module) || text.contains(&folder)
}
