//! Receipts: private links to single proposals, which show their moderation without an account or a cookie.

use gd_domain::{ConsultationId, ItemNumber};
use gd_engine::{Secret, SignedCookie};

const PURPOSE: &str = "proposal receipt 1";
const CONSULTATION_BYTES: usize = 8;
const NUMBER_BYTES: usize = 4;

/// Writes and reads the last part of these links: the consultation's record number and the proposal's number (big
/// endian), signed. They hold as long as the installation's secret does.
pub(crate) struct Receipts(SignedCookie);

impl Receipts {
    pub(crate) fn new(secret: &Secret) -> Self {
        Self(SignedCookie::new(secret, PURPOSE))
    }

    pub(crate) fn write(&self, consultation: ConsultationId, proposal: ItemNumber) -> String {
        self.0.seal(&[consultation.0.to_be_bytes().as_slice(), &proposal.0.to_be_bytes()].concat())
    }

    /// The proposal, if this is a receipt of that consultation.
    pub(crate) fn read(&self, receipt: &str, consultation: ConsultationId) -> Option<ItemNumber> {
        let payload = self.0.open(receipt)?;
        let (of, number) = payload.split_first_chunk::<CONSULTATION_BYTES>()?;
        let number = <[u8; NUMBER_BYTES]>::try_from(number).ok()?;
        (i64::from_be_bytes(*of) == consultation.0).then(|| ItemNumber(u32::from_be_bytes(number)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_receipt_is_of_one_proposal_of_one_consultation() {
        let receipts = Receipts::new(&Secret::new(&[1; 32]).unwrap());
        let receipt = receipts.write(ConsultationId(3), ItemNumber(17));
        assert_eq!(receipts.read(&receipt, ConsultationId(3)), Some(ItemNumber(17)));
        assert_eq!(receipts.read(&receipt, ConsultationId(4)), None);
        assert_eq!(receipts.read(&receipt[1..], ConsultationId(3)), None);
        let others = Receipts::new(&Secret::new(&[2; 32]).unwrap());
        assert_eq!(others.read(&receipt, ConsultationId(3)), None);
    }
}
