//! Tokens that carry a participant in the forms of a widget's frame, and in its cookie.

use gd_engine::{Secret, SignedCookie};

use super::participant::Participant;

const PURPOSE: &str = "widget participant 1";

/// The first byte of a token: whether its participant has been admitted.
const NEWCOMER: u8 = 0;
const ADMITTED: u8 = 1;

/// Writes and reads tokens, and the cookies that hold one: a byte that says whether the participant has been
/// admitted, and the payload of the participant's own cookie, signed.
pub(crate) struct WidgetTokens(SignedCookie);

impl WidgetTokens {
    pub(crate) fn new(secret: &Secret) -> Self {
        Self(SignedCookie::new(secret, PURPOSE))
    }

    pub(crate) fn write(&self, participant: &Participant, is_admitted: bool) -> String {
        let first = if is_admitted { ADMITTED } else { NEWCOMER };
        self.0.seal(&[&[first][..], &participant.payload()].concat())
    }

    pub(crate) fn read(&self, token: &str) -> Option<(Participant, bool)> {
        let payload = self.0.open(token)?;
        let (first, participant) = payload.split_first()?;
        Some((Participant::read(participant)?, *first == ADMITTED))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use gd_domain::ParticipantId;

    #[test]
    fn a_token_says_who_and_whether_they_were_let_in() {
        let tokens = WidgetTokens::new(&Secret::new(&[1; 32]).unwrap());
        let participant = Participant::new(ParticipantId::from_number(7 << 40).unwrap());
        for is_admitted in [false, true] {
            let token = tokens.write(&participant, is_admitted);
            assert_eq!(tokens.read(&token), Some((participant.clone(), is_admitted)));
        }
        let others = WidgetTokens::new(&Secret::new(&[2; 32]).unwrap());
        assert_eq!(others.read(&tokens.write(&participant, true)), None);
        assert_eq!(tokens.read(""), None);
    }
}
