//! Orders of proposals, worked out once for all who read the same list and turn its pages.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

use crate::results::rank::{Place, Ranking};

/// Orders kept of a consultation: those everybody looks at, and some searches while their pages are turned.
const ORDERS_MAX: usize = 8;

/// What an order was worked out for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Asked {
    /// The revision of the proposals.
    pub(crate) revision: u64,
    /// The version of the totals, where the order follows them.
    pub(crate) totals: Option<u64>,
    pub(crate) ranking: Ranking,
    pub(crate) theme: Option<String>,
    pub(crate) words: String,
}

/// The orders asked for last, the newest first.
#[derive(Debug, Default)]
pub(crate) struct RankedOrders {
    last: Mutex<VecDeque<(Asked, Arc<[Place]>)>>,
}

impl RankedOrders {
    /// The order asked for, made now unless somebody had asked for it before.
    pub(crate) fn get(&self, asked: Asked, make: impl FnOnce() -> Vec<Place>) -> Arc<[Place]> {
        if let Some(known) = self.known(&asked) {
            return known;
        }
        // Without the lock: whoever looks for something else need not wait.
        let order: Arc<[Place]> = make().into();
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        last.retain(|(other, _)| *other != asked);
        last.truncate(ORDERS_MAX - 1);
        last.push_front((asked, Arc::clone(&order)));
        order
    }

    fn known(&self, asked: &Asked) -> Option<Arc<[Place]>> {
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        let found = last.iter().position(|(other, _)| other == asked)?;
        let known = last.remove(found)?;
        last.push_front(known);
        last.front().map(|(_, order)| Arc::clone(order))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use gd_domain::ProposalNumber;
    use std::cmp::Reverse;

    fn asked(revision: u64, words: &str) -> Asked {
        Asked { revision, totals: None, ranking: Ranking::New, theme: None, words: words.to_owned() }
    }

    #[test]
    fn an_order_is_made_once_until_something_changes() {
        let orders = RankedOrders::default();
        let mut made = 0;
        let mut get = |asked: Asked| {
            let order = orders.get(asked, || {
                made += 1;
                vec![(made, Reverse(ProposalNumber(1)))]
            });
            order[0].0
        };
        assert_eq!(
            [get(asked(1, "")), get(asked(1, "")), get(asked(1, "banc")), get(asked(1, ""))],
            [1, 1, 2, 1]
        );
        assert_eq!([get(asked(2, "")), get(asked(1, "banc"))], [3, 2]);
        let after_votes = Asked { totals: Some(7), ..asked(2, "") };
        assert_eq!([get(after_votes.clone()), get(asked(2, "")), get(after_votes)], [4, 3, 4]);
    }

    #[test]
    fn the_ones_nobody_asked_for_lately_are_forgotten() {
        let orders = RankedOrders::default();
        let mut made = 0;
        let mut get = |revision: u64| {
            orders.get(asked(revision, ""), || {
                made += 1;
                Vec::new()
            });
            made
        };
        for revision in 0..20 {
            get(revision);
            get(0);
        }
        assert_eq!(get(0), 20, "asked for again and again, it is kept");
        assert_eq!(get(2), 21);
        assert!(orders.last.lock().unwrap().len() <= ORDERS_MAX);
    }
}
