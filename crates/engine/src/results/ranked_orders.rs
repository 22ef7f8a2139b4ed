//! Orders of proposals, worked out once for all who read the same list and turn its pages.

use std::cmp::Reverse;
use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

use gd_domain::{ItemNumber, PollId};

use crate::results::ranking::Ranking;

/// Orders kept: those everybody looks at, and some searches while their pages are turned.
const ORDERS_MAX: usize = 64;

/// The key of an order: everything it depends on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct OrderKey {
    /// The poll whose items are ordered.
    pub(crate) poll: PollId,
    /// The revision of the items.
    pub(crate) revision: u64,
    /// The version of the totals, where the order follows them.
    pub(crate) totals: Option<u64>,
    pub(crate) ranking: Ranking,
    pub(crate) theme: Option<String>,
    pub(crate) words: String,
}

/// The position of an item in an order; the least comes first.
pub(crate) type Place = (i64, Reverse<ItemNumber>);

/// The orders asked for last, the newest first.
#[derive(Debug, Default)]
pub(crate) struct RankedOrders {
    last: Mutex<VecDeque<(OrderKey, Arc<[Place]>)>>,
}

impl RankedOrders {
    /// The order asked for, made now unless somebody had asked for it before.
    pub(crate) fn get(&self, key: OrderKey, make: impl FnOnce() -> Vec<Place>) -> Arc<[Place]> {
        if let Some(known) = self.known(&key) {
            return known;
        }
        // The lock is free meanwhile, so that callers of other orders need not wait.
        let order: Arc<[Place]> = make().into();
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        last.retain(|(other, _)| *other != key);
        last.truncate(ORDERS_MAX - 1);
        last.push_front((key, Arc::clone(&order)));
        order
    }

    fn known(&self, key: &OrderKey) -> Option<Arc<[Place]>> {
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        let found = last.iter().position(|(other, _)| other == key)?;
        let known = last.remove(found)?;
        last.push_front(known);
        last.front().map(|(_, order)| Arc::clone(order))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(revision: u64, words: &str) -> OrderKey {
        OrderKey {
            poll: PollId(1),
            revision,
            totals: None,
            ranking: Ranking::New,
            theme: None,
            words: words.to_owned(),
        }
    }

    #[test]
    fn an_order_is_made_once_until_something_changes() {
        let orders = RankedOrders::default();
        let mut made = 0;
        let mut get = |key: OrderKey| {
            let order = orders.get(key, || {
                made += 1;
                vec![(made, Reverse(ItemNumber(1)))]
            });
            order[0].0
        };
        assert_eq!(
            [get(asked(1, "")), get(asked(1, "")), get(asked(1, "banc")), get(asked(1, ""))],
            [1, 1, 2, 1]
        );
        assert_eq!([get(asked(2, "")), get(asked(1, "banc"))], [3, 2]);
        let after_votes = OrderKey { totals: Some(7), ..asked(2, "") };
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
        for revision in 0..100 {
            get(revision);
            get(0);
        }
        assert_eq!(get(0), 100, "asked for again and again, it is kept");
        assert_eq!(get(2), 101);
        assert!(orders.last.lock().unwrap().len() <= ORDERS_MAX);
    }
}
