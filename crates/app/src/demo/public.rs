//! The audiences of the demo: what tells them apart as a crowd.

use gd_domain::{Audience, AudienceCode};
use rand::{Rng, RngExt};

/// The audiences of the demo.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Public {
    /// People who pay contributions: self-employed people, employers, associations.
    Users,
    /// People who work in the funds.
    Staff,
    /// People who direct the funds.
    Directors,
}

impl Public {
    /// Every public, in the order of their codes.
    pub const ALL: [Self; 3] = [Self::Users, Self::Staff, Self::Directors];

    /// The audience as the consultation describes it.
    #[must_use]
    pub fn audience(self) -> Audience {
        let (id, title) = match self {
            Self::Users => ("users", "Usagers"),
            Self::Staff => ("staff", "Agents"),
            Self::Directors => ("directors", "Directeurs"),
        };
        let id = id.parse().expect("the names above are short and plain");
        Audience { id, title: title.to_owned() }
    }

    /// Its code in the consultation.
    #[must_use]
    pub const fn code(self) -> AudienceCode {
        AudienceCode(self as u16 + 1)
    }

    /// The audience of the next person to come.
    pub fn draw(rng: &mut impl Rng) -> Self {
        match rng.random::<f64>() {
            drawn if drawn < 0.78 => Self::Users,
            drawn if drawn < 0.97 => Self::Staff,
            _ => Self::Directors,
        }
    }

    /// The part of it that leans to the pole presence.
    #[must_use]
    pub const fn presence_share(self) -> f64 {
        match self {
            Self::Users => 0.50,
            Self::Staff => 0.58,
            Self::Directors => 0.30,
        }
    }

    /// The number of cards that half of it stays for. Staff feel concerned; directors were asked to
    /// read everything they could.
    #[must_use]
    pub const fn patience_median(self) -> f64 {
        match self {
            Self::Users => 11.0,
            Self::Staff => 15.0,
            Self::Directors => 50.0,
        }
    }
}
