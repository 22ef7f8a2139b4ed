//! The colours hold the contrasts of WCAG 2.2 level AA, in light and in dark.

use std::collections::HashMap;

use gd_pages::assets;

/// Texts on what they stand on: at least 4.5:1.
const TEXTS: [(&str, &str); 34] = [
    ("ink", "ground"),
    ("ink", "sunken"),
    ("ink", "brand-tint"),
    ("ink", "neutral-tint"),
    ("ink-soft", "ground"),
    ("ink-soft", "surface"),
    ("ink-soft", "sunken"),
    ("brand", "ground"),
    ("brand", "surface"),
    ("brand-strong", "surface"),
    ("brand-strong", "brand-tint"),
    ("hero-soft", "hero"),
    ("hero-soft", "hero-lift"),
    ("on-sun", "sun"),
    ("on-sun", "sun-strong"),
    ("agree", "agree-tint"),
    ("disagree", "disagree-tint"),
    ("neutral", "neutral-tint"),
    ("on-choice", "agree"),
    ("on-choice", "disagree"),
    ("on-choice", "neutral"),
    ("disagree", "surface"),
    ("agree", "surface"),
    ("neutral", "surface"),
    ("on-choice", "controversy"),
    ("on-choice", "mixed"),
    ("on-choice", "group-1"),
    ("on-choice", "group-2"),
    ("on-choice", "group-3"),
    ("on-choice", "group-4"),
    ("on-choice", "group-5"),
    ("on-choice", "group-6"),
    ("on-choice", "open"),
    ("on-choice", "brand"),
];

/// Lines and shapes that carry meaning, on what they stand on: at least 3:1.
const SHAPES: [(&str, &str); 14] = [
    ("edge", "surface"),
    ("edge", "ground"),
    ("brand", "ground"),
    ("brand", "line"),
    ("sun", "hero"),
    ("agree", "sunken"),
    ("disagree", "sunken"),
    ("neutral", "sunken"),
    ("open", "surface"),
    ("agree", "agree-tint"),
    ("disagree", "disagree-tint"),
    ("controversy", "controversy-tint"),
    ("mixed", "mixed-tint"),
    ("neutral", "neutral-tint"),
];

#[test]
fn colours_contrast_enough_in_light_and_dark() {
    let (mut light, mut of_dark) = (HashMap::new(), HashMap::new());
    for (name, end) in [("app.css", "*,"), ("report.css", ".tone-")] {
        let path = assets::url(name).strip_prefix(assets::PREFIX).unwrap();
        let styles = std::str::from_utf8(assets::find(path).unwrap().bytes).unwrap();
        let (of_light, rest) = styles.split_once("prefers-color-scheme: dark").unwrap();
        light.extend(properties(of_light));
        of_dark.extend(properties(rest.split_once(end).unwrap().0));
    }
    let dark: HashMap<_, _> = light.clone().into_iter().chain(of_dark).collect();
    assert_ne!(light["ground"], dark["ground"]);
    for (theme, colours) in [("light", light), ("dark", dark)] {
        for (pairs, least) in [(TEXTS.as_slice(), 4.5), (SHAPES.as_slice(), 3.0)] {
            for &(front, back) in pairs {
                let contrast = contrast(colours[front], colours[back]);
                assert!(contrast >= least, "{front} on {back} in {theme}: {contrast:.2}");
            }
        }
    }
}

/// The custom properties that are colours of six digits, or of three.
fn properties(styles: &str) -> HashMap<&str, u32> {
    let declarations = styles.split("--").skip(1).filter_map(|text| text.split_once(": #"));
    declarations
        .filter_map(|(name, value)| {
            let digits = value.split(';').next()?;
            let long = match digits.len() {
                3 => digits.chars().flat_map(|digit| [digit, digit]).collect(),
                _ => digits.to_owned(),
            };
            Some((name, u32::from_str_radix(&long, 16).ok()?))
        })
        .collect()
}

/// WCAG 2.2, "contrast ratio".
fn contrast(one: u32, other: u32) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

/// WCAG 2.2, "relative luminance".
fn luminance(colour: u32) -> f64 {
    let [_, red, green, blue] = colour.to_be_bytes().map(|part| {
        let part = f64::from(part) / 255.0;
        if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
    });
    0.2126 * red + 0.7152 * green + 0.0722 * blue
}
