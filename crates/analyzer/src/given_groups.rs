//! Groups that were found elsewhere and are taken as they are.

use std::collections::{BTreeMap, BTreeSet};

use gd_domain::{ParticipantId, Slug};

use crate::table::error::TableError;

/// The group of a participant who has none.
pub(crate) const NO_GROUP: u8 = u8::MAX;

/// Groups that may be given: more would be no groups, and every one has counts of its own.
const GROUPS_MAX: usize = 100;

/// The group of each participant of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GivenGroups {
    names: Vec<Slug>,
    /// By the participant's place in the order of their numbers.
    of_participant: Vec<u8>,
}

impl GivenGroups {
    /// The groups of those who voted; others in `groups` are left out, and those without a group stay so.
    ///
    /// # Errors
    /// [`TableError`] when nobody who voted has a group, or there are more than a hundred groups.
    pub fn new(
        voters: impl IntoIterator<Item = ParticipantId>,
        groups: &BTreeMap<ParticipantId, Slug>,
    ) -> Result<Self, TableError> {
        let mut voters: Vec<ParticipantId> = voters.into_iter().collect();
        voters.sort_unstable();
        voters.dedup();
        let used: BTreeSet<&Slug> = voters.iter().filter_map(|voter| groups.get(voter)).collect();
        let names: Vec<Slug> = used.into_iter().cloned().collect();
        match names.len() {
            0 => return Err(TableError::GroupsOfNobody),
            found if found > GROUPS_MAX => return Err(TableError::TooManyGroups { found, max: GROUPS_MAX }),
            _ => {}
        }
        let codes: BTreeMap<&Slug, u8> = names.iter().zip(0..).collect();
        let code = |voter: &ParticipantId| groups.get(voter).map_or(NO_GROUP, |name| codes[name]);
        let of_participant = voters.iter().map(code).collect();
        Ok(Self { names, of_participant })
    }

    pub(crate) fn participant_count(&self) -> usize {
        self.of_participant.len()
    }

    /// The names of the groups with so many people among these participants, and the group of each.
    pub(crate) fn of_rows(&self, participants: &[u32], people_min: u64) -> (Vec<Slug>, Vec<u8>) {
        let group = |participant: &u32| self.of_participant[*participant as usize];
        let mut sizes = vec![0_u64; self.names.len()];
        for place in participants.iter().map(group).filter(|&group| group != NO_GROUP) {
            sizes[usize::from(place)] += 1;
        }
        let mut kept = Vec::new();
        let mut code = [NO_GROUP; NO_GROUP as usize + 1];
        for ((place, name), _) in
            self.names.iter().enumerate().zip(&sizes).filter(|(_, size)| **size >= people_min)
        {
            code[place] = u8::try_from(kept.len()).expect("no more than the groups given");
            kept.push(name.clone());
        }
        (kept, participants.iter().map(|one| code[usize::from(group(one))]).collect())
    }
}
