//! A fingerprint of the whole input that depends on neither the order of the rows nor the numbering of
//! the participants. The exact bytes are written down in docs/METHOD.md, "Recomputing a report".

use std::fmt::Write as _;

use gd_domain::{Channel, Choice, Slug};
use rayon::prelude::*;
use sha2::{Digest, Sha256};

use crate::VoteTable;
use crate::table::{Columns, ProposalCard};

/// Changes with the form of what is hashed, so that two forms never give one digest.
const FORM: &[u8] = b"grand-dialogue input 3\n";

/// Bytes of a ballot before its end: the proposal's number, the qualifications and the instant.
const BALLOT_BYTES: usize = 4 + 2 + 8;

/// SHA-256 of the table's canonical form, in lower-case hexadecimal.
pub(crate) fn digest(table: &VoteTable) -> String {
    let mut participants = participant_hashes(table);
    participants.par_sort_unstable();

    let mut hash = Sha256::new();
    hash.update(FORM);
    hash.update((table.cards().len() as u64).to_be_bytes());
    for card in table.cards() {
        hash_card(&mut hash, card);
    }
    hash.update((participants.len() as u64).to_be_bytes());
    for participant in &participants {
        hash.update(participant);
    }
    hexadecimal(hash.finalize().as_slice())
}

/// One hash a participant, over their ballots in the order of the proposals' numbers.
fn participant_hashes(table: &VoteTable) -> Vec<[u8; 32]> {
    let columns = &table.columns;
    let ends = Ends::of(table.audiences());
    // Side by side, where one look-up a ballot stays near the processor.
    let numbers: Vec<[u8; 4]> = table.cards().iter().map(|card| card.number.0.to_be_bytes()).collect();
    let parts: Vec<_> = columns
        .parts()
        .into_par_iter()
        .map(|participants| {
            let mut ballots = Vec::new();
            let hash = |participant: usize| -> [u8; 32] {
                ballots.clear();
                for row in columns.rows_of(participant) {
                    let mut ballot = [0; BALLOT_BYTES];
                    ballot[..4].copy_from_slice(&numbers[columns.proposal[row] as usize]);
                    ballot[4..6].copy_from_slice(&columns.qualifications.at(row).bits().to_be_bytes());
                    ballot[6..].copy_from_slice(&columns.cast_at[row].as_millis().to_be_bytes());
                    ballots.extend_from_slice(&ballot);
                    ballots.extend_from_slice(ends.of_row(columns, row));
                }
                Sha256::digest(&ballots).into()
            };
            participants.map(hash).collect::<Vec<_>>()
        })
        .collect();
    parts.concat()
}

/// The ends of ballots, written once for every choice, channel and audience.
struct Ends(Vec<Vec<u8>>);

impl Ends {
    fn of(audiences: &[Slug]) -> Self {
        let mut all = Vec::new();
        for audience in std::iter::once("").chain(audiences.iter().map(Slug::as_str)) {
            for channel in Channel::ALL {
                for choice in Choice::ALL {
                    let mut bytes = Vec::new();
                    bytes.extend([choice.index(), channel.index(), audience.len()].map(one_byte));
                    bytes.extend_from_slice(audience.as_bytes());
                    all.push(bytes);
                }
            }
        }
        Self(all)
    }

    fn of_row(&self, columns: &Columns, row: usize) -> &[u8] {
        let audience = usize::from(columns.audience.at(row).0);
        let channel = audience * Channel::ALL.len() + columns.channel.at(row).index();
        &self.0[channel * Choice::ALL.len() + columns.choice[row].index()]
    }
}

/// A place in a list, or the length of a short name.
fn one_byte(number: usize) -> u8 {
    u8::try_from(number).expect("lists are short, and so are names")
}

fn hash_card(hash: &mut Sha256, card: &ProposalCard) {
    hash.update(card.number.0.to_be_bytes());
    let [theme, idea] = [&card.theme, &card.idea].map(|name| name.as_ref().map_or("", Slug::as_str));
    for text in [card.status.as_str(), theme, idea, &card.text] {
        hash_text(hash, text);
    }
}

/// The length comes first, so that no two lists of texts run together alike.
fn hash_text(hash: &mut Sha256, text: &str) {
    hash.update((text.len() as u64).to_be_bytes());
    hash.update(text.as_bytes());
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}
