//! Just enough of an HTML reader to hold pages to their promises: tags with attributes, and text.

use std::collections::HashMap;

/// A piece of a page.
#[derive(Debug, PartialEq, Eq)]
pub enum Piece {
    /// An opening tag.
    Open(Tag),
    /// A closing tag's name.
    Close(String),
    /// Text between tags.
    Text(String),
}

/// An opening tag.
#[derive(Debug, PartialEq, Eq)]
pub struct Tag {
    /// Its name, in lower case.
    pub name: String,
    /// Its attributes; one without a value has an empty one.
    pub attributes: HashMap<String, String>,
    /// Whether it closes itself, as in SVG.
    pub is_closed: bool,
}

impl Tag {
    /// An attribute's value, if the tag has it.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.attributes.get(name).map(String::as_str)
    }

    /// Whether the tag never has content.
    pub fn is_void(&self) -> bool {
        self.is_closed || matches!(self.name.as_str(), "meta" | "link" | "input" | "br" | "img" | "hr")
    }
}

/// A page in pieces. Panics on what no page of ours may hold: a tag that does not end, an attribute twice.
pub fn read(html: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut rest = html.strip_prefix("<!doctype html>").expect("a page starts with its document type");
    while let Some(start) = rest.find('<') {
        if !rest[..start].trim().is_empty() {
            pieces.push(Piece::Text(rest[..start].to_owned()));
        }
        let end = start + tag_length(&rest[start..]);
        let inner = &rest[start + 1..end - 1];
        rest = &rest[end..];
        if let Some(name) = inner.strip_prefix('/') {
            pieces.push(Piece::Close(name.to_ascii_lowercase()));
            continue;
        }
        let tag = tag(inner);
        if tag.name == "style" {
            let close = rest.find("</style>").expect("styles end");
            pieces.push(Piece::Text(rest[..close].to_owned()));
            rest = &rest[close..];
        }
        pieces.push(Piece::Open(tag));
    }
    pieces
}

/// The opening tags of a page, in order.
pub fn tags(html: &str) -> Vec<Tag> {
    let open = |piece| match piece {
        Piece::Open(tag) => Some(tag),
        _ => None,
    };
    read(html).into_iter().filter_map(open).collect()
}

/// The length of the tag a text starts with: up to the first `>` outside quotes.
fn tag_length(text: &str) -> usize {
    let mut quoted = false;
    for (place, character) in text.char_indices() {
        match character {
            '"' => quoted = !quoted,
            '>' if !quoted => return place + 1,
            _ => {}
        }
    }
    panic!("a tag does not end: {}", &text[..text.len().min(80)]);
}

fn tag(inner: &str) -> Tag {
    let is_closed = inner.ends_with('/');
    let inner = inner.trim_end_matches('/');
    let (name, mut rest) = inner.split_once(char::is_whitespace).unwrap_or((inner, ""));
    let mut attributes = HashMap::new();
    while !rest.trim().is_empty() {
        rest = rest.trim_start();
        let end = rest.find(['=', ' ']).unwrap_or(rest.len());
        let key = rest[..end].to_owned();
        let mut value = String::new();
        rest = &rest[end..];
        if let Some(quoted) = rest.strip_prefix("=\"") {
            let close = quoted.find('"').expect("a quoted value ends");
            quoted[..close].clone_into(&mut value);
            rest = &quoted[close + 1..];
        }
        assert!(attributes.insert(key.clone(), value).is_none(), "{key} twice in <{inner}>");
    }
    Tag { name: name.to_ascii_lowercase(), attributes, is_closed }
}
