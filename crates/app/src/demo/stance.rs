//! The welcome of a proposal: the shares each audience gives it, how far two temperaments pull it
//! apart, and which nuances come to mind. Figures only; nothing is drawn here.
//!
//! The temperaments are hidden from everybody but the generator: at the pole *presence* people want
//! someone to talk to, an office nearby and solidarity; at the pole *autonomy* they want tools, choice
//! and to be left alone.

use gd_domain::Choice;
use serde::Deserialize;

use super::public::Public;

/// The kind of welcome a proposal gets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stance {
    /// Everybody wants it, warmly.
    Acclaimed,
    /// Everybody agrees.
    Unites,
    /// Everybody agrees, and many find that it says little.
    Platitude,
    /// More agree than not.
    Favoured,
    /// Favoured by those who want presence.
    LeansPresence,
    /// Favoured by those who want autonomy.
    LeansAutonomy,
    /// Wanted at the pole presence, opposed at the other.
    SplitsPresence,
    /// Wanted at the pole autonomy, opposed at the other.
    SplitsAutonomy,
    /// Users want it, staff do not.
    DividesUsersStaff,
    /// Staff want it, directors do not.
    DividesStaffDirectors,
    /// Only directors want it.
    DirectorsAlone,
    /// Staff care; users cannot tell.
    StaffMatter,
    /// Directors care; the others cannot tell.
    DirectorsMatter,
    /// Some agree, many pass.
    Lukewarm,
    /// More against than for, many pass.
    Sceptical,
    /// Hardly anybody wants it.
    Rejected,
    /// Nobody minds.
    Indifferent,
    /// Nobody understands it.
    Unclear,
    /// Many would like it and many think it cannot be.
    Dream,
}

/// One figure for each of three: the choices in their order, or the qualifications of a choice.
pub type Three = [f64; 3];

impl Stance {
    /// The shares of agree, disagree and neutral aimed at in an audience, halfway between the poles.
    #[must_use]
    pub const fn shares(self, public: Public) -> Three {
        let [users, staff, directors] = match self {
            Self::Acclaimed => [[0.88, 0.03, 0.09]; 3],
            Self::Unites => [[0.79, 0.07, 0.14]; 3],
            Self::Platitude => [[0.71, 0.09, 0.20]; 3],
            Self::Favoured => [[0.55, 0.19, 0.26]; 3],
            Self::LeansPresence | Self::LeansAutonomy => [[0.48, 0.28, 0.24]; 3],
            Self::SplitsPresence | Self::SplitsAutonomy => [[0.44, 0.42, 0.14]; 3],
            Self::DividesUsersStaff => [[0.74, 0.12, 0.14], [0.16, 0.67, 0.17], [0.35, 0.40, 0.25]],
            Self::DividesStaffDirectors => [[0.46, 0.19, 0.35], [0.79, 0.08, 0.13], [0.15, 0.68, 0.17]],
            Self::DirectorsAlone => [[0.18, 0.64, 0.18], [0.23, 0.58, 0.19], [0.72, 0.12, 0.16]],
            Self::StaffMatter => [[0.34, 0.10, 0.56], [0.83, 0.05, 0.12], [0.70, 0.10, 0.20]],
            Self::DirectorsMatter => [[0.22, 0.16, 0.62], [0.35, 0.24, 0.41], [0.80, 0.06, 0.14]],
            Self::Lukewarm => [[0.43, 0.22, 0.35]; 3],
            Self::Sceptical => [[0.27, 0.44, 0.29]; 3],
            Self::Rejected => [[0.10, 0.78, 0.12]; 3],
            Self::Indifferent => [[0.19, 0.17, 0.64]; 3],
            Self::Unclear => [[0.16, 0.15, 0.69]; 3],
            Self::Dream => [[0.51, 0.31, 0.18]; 3],
        };
        match public {
            Public::Users => users,
            Public::Staff => staff,
            Public::Directors => directors,
        }
    }

    /// Log-odds that the pole presence adds to agree and takes from disagree; the pole autonomy does the
    /// reverse.
    #[must_use]
    pub const fn pull(self) -> f64 {
        match self {
            Self::SplitsPresence => 1.2,
            Self::SplitsAutonomy => -1.2,
            Self::LeansPresence => 0.6,
            Self::LeansAutonomy => -0.6,
            _ => 0.0,
        }
    }

    /// The weights of a choice's three qualifications, in the order of [`gd_domain::Qualification::of`].
    #[must_use]
    pub const fn nuances(self, choice: Choice) -> Three {
        match (self, choice) {
            (Self::Acclaimed, Choice::Agree) => [7.0, 3.0, 0.3],
            (Self::Unites | Self::StaffMatter, Choice::Agree) => [3.0, 6.0, 1.0],
            (Self::Platitude, Choice::Agree) => [1.5, 0.5, 7.0],
            (Self::Dream, Choice::Agree) => [7.0, 0.5, 1.5],
            (_, Choice::Agree) => [4.0, 4.0, 1.0],
            (Self::Rejected | Self::SplitsPresence | Self::SplitsAutonomy, Choice::Disagree) => {
                [7.0, 1.5, 0.5]
            }
            (Self::Dream, Choice::Disagree) => [1.0, 8.0, 1.0],
            (Self::Platitude | Self::Indifferent, Choice::Disagree) => [1.0, 1.0, 6.0],
            (_, Choice::Disagree) => [4.0, 3.5, 1.0],
            (Self::Unclear, Choice::Neutral) => [8.0, 1.5, 1.0],
            (Self::Indifferent, Choice::Neutral) => [0.5, 2.0, 7.0],
            (Self::StaffMatter | Self::DirectorsMatter, Choice::Neutral) => [2.5, 6.0, 1.5],
            (_, Choice::Neutral) => [1.5, 6.0, 1.5],
        }
    }
}
