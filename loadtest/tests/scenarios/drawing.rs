//! The plot is XML that every browser reads.

use super::{TV_CALL, scenario};
use crate::fake::{Fake, Fault};
use crate::own_file;

#[test]
fn the_plot_is_well_formed() {
    let file = own_file("svg");
    let run = scenario(&Fake::start(30, Fault::None), &TV_CALL, &["--plot", file.to_str().unwrap()]);
    assert!(run.succeeded, "{}{}", run.stdout, run.stderr);
    let svg = std::fs::read_to_string(&file).unwrap();
    std::fs::remove_file(file).unwrap();
    assert_eq!(well_formed(&svg), Ok(()));
    for class in ["offered", "achieved", "p50", "p99"] {
        assert!(svg.contains(&format!("<path class=\"{class}\" d=\"M")), "{class}");
    }
}

#[test]
fn what_is_not_well_formed_is_told() {
    assert_eq!(well_formed("<a b=\"1\"><c/>x</a>"), Ok(()));
    for broken in ["<a><b></a></b>", "<a>", "<a/><b/>", "<a b=1/>", "<a b=\"<\"/>", "<a>&</a>", "</a>", "x"] {
        assert!(well_formed(broken).is_err(), "{broken}");
    }
}

/// Whether elements nest, attributes are quoted and nothing is left unescaped, in XML without comments,
/// processing instructions or entities.
fn well_formed(xml: &str) -> Result<(), String> {
    let (mut open, mut roots, mut rest) = (Vec::new(), 0, xml.trim());
    while let Some(after) = rest.strip_prefix('<') {
        let (tag, text) = after.split_once('>').ok_or("a tag does not end")?;
        if let Some(name) = tag.strip_prefix('/') {
            if open.pop() != Some(name) {
                return Err(format!("</{name}> closes nothing"));
            }
        } else {
            roots += usize::from(open.is_empty());
            let name = tag.split([' ', '/']).next().unwrap_or_default();
            attributes(tag[name.len()..].trim_end_matches('/'))?;
            if !tag.ends_with('/') {
                open.push(name);
            }
        }
        let end = text.find('<').unwrap_or(text.len());
        if text[..end].contains(['&', '>']) {
            return Err(format!("unescaped: {}", &text[..end]));
        }
        rest = &text[end..];
    }
    if rest.is_empty() && open.is_empty() && roots == 1 {
        Ok(())
    } else {
        Err(format!("{open:?} open, {roots} roots, then {rest}"))
    }
}

fn attributes(mut rest: &str) -> Result<(), String> {
    while !rest.trim().is_empty() {
        let (_, value) = rest.split_once("=\"").ok_or_else(|| format!("no attribute: {rest}"))?;
        let (value, after) = value.split_once('"').ok_or_else(|| format!("no end of {value}"))?;
        if value.contains(['<', '&']) {
            return Err(format!("unescaped: {value}"));
        }
        rest = after;
    }
    Ok(())
}
