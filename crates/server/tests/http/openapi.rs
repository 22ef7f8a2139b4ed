//! The OpenAPI document in the repository is the one that is served.

use std::path::PathBuf;

/// Set it to rewrite the file: `UPDATE_OPENAPI=1 cargo test -p gd-server --test http openapi`.
const UPDATE: &str = "UPDATE_OPENAPI";

#[test]
#[expect(clippy::disallowed_methods, reason = "a test may be told to write its snapshot anew")]
fn the_document_describes_the_handlers() {
    let file = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../docs/openapi.json");
    let described = gd_server::openapi_document();
    if std::env::var_os(UPDATE).is_some() {
        std::fs::write(&file, &described).unwrap();
    }
    let kept = std::fs::read_to_string(&file).unwrap_or_default();
    assert!(
        kept == described,
        "docs/openapi.json is not what the handlers say: run this test with {UPDATE}=1"
    );
}
