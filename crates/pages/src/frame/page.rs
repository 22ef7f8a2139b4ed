//! The frame of every page: its language, its address and the functions that templates call for words.

use std::borrow::Borrow;
use std::fmt::Display;

use askama::Template;
use gd_domain::{Choice, Language, ModerationStatus, Phase, Qualification, Timestamp};

use super::{assets, dates, words};

/// A whole page, ready to be sent.
pub trait Page {
    /// The page as HTML.
    fn to_html(&self) -> String;
}

impl<T: Template> Page for T {
    fn to_html(&self) -> String {
        self.render().expect("writing into a string does not fail")
    }
}

/// The facts that every page needs besides its content.
#[derive(Clone, Copy, Debug)]
pub struct Frame<'a> {
    /// The language the page is written in.
    pub language: Language,
    /// The page's own path with its query, as in `/c/numerique/vote?n=3`. The language switch returns to it.
    pub path: &'a str,
    /// The site's origin, as in `https://dialogue.example`, if known. Links that people share need whole addresses.
    pub origin: Option<&'a str>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "templates pass references")]
impl Frame<'_> {
    pub(crate) fn say(&self, key: impl AsRef<str>) -> String {
        words::say(self.language, key.as_ref(), &[])
    }

    /// A message about a number of things, in the variable `count`.
    pub(crate) fn say_count(&self, key: impl AsRef<str>, count: impl Borrow<u64>) -> String {
        words::say(self.language, key.as_ref(), &[("count", (*count.borrow()).into())])
    }

    /// A message about something that has a name, in the variable `name`.
    pub(crate) fn say_name(&self, key: &str, name: impl Display) -> String {
        words::say(self.language, key, &[("name", format!("{name}").into())])
    }

    /// The whole address of one of the site's paths, if it is known.
    pub(crate) fn whole_address(&self, path: impl Display) -> Option<String> {
        self.origin.map(|origin| format!("{origin}{path}"))
    }

    pub(crate) fn number(&self, number: impl Borrow<u64>) -> String {
        words::number(self.language, *number.borrow())
    }

    /// A day of the time zone of this name.
    pub(crate) fn day(&self, instant: &Timestamp, zone: &str) -> String {
        dates::day(self.language, *instant, zone)
    }

    /// A minute of the time zone of this name.
    pub(crate) fn minute(&self, instant: &Timestamp, zone: &str) -> String {
        dates::minute(self.language, *instant, zone)
    }

    #[expect(clippy::unused_self, reason = "templates reach what they need through the frame")]
    pub(crate) fn machine_readable(&self, instant: &Timestamp) -> String {
        dates::machine_readable(*instant)
    }

    pub(crate) fn phase_name(&self, phase: &Phase) -> String {
        self.say(format!("phase-{phase}"))
    }

    pub(crate) fn status_name(&self, status: &ModerationStatus) -> String {
        self.say(format!("status-{status}"))
    }

    pub(crate) fn choice_name(&self, choice: &Choice) -> String {
        self.say(format!("choice-{choice}"))
    }

    pub(crate) fn qualification_name(&self, qualification: &Qualification) -> String {
        self.say(format!("qualification-{}", qualification.as_str().replace('_', "-")))
    }

    /// The languages one can switch to.
    pub(crate) fn other_languages(&self) -> impl Iterator<Item = Language> {
        let current = self.language;
        Language::ALL.into_iter().filter(move |&language| language != current)
    }

    /// A language's name in that language.
    #[expect(clippy::unused_self, reason = "templates reach what they need through the frame")]
    pub(crate) fn own_name(&self, language: &Language) -> String {
        words::say(*language, "language-own-name", &[])
    }

    #[expect(clippy::unused_self, reason = "templates reach what they need through the frame")]
    pub(crate) fn asset(&self, name: &str) -> &'static str {
        assets::url(name)
    }
}
