//! Page views: what people look at, how often, and what their browsers still hold of it.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use rand::RngExt;
use rand::rngs::SmallRng;

use crate::open::{Client, Kind};
use crate::target::Consultation;

/// Pages and API resources looked at, each with the percentage of views it gets.
const WEIGHTS: [(Kind, u32); 5] = [
    (Kind::Landing, 45),
    (Kind::VotePage, 20),
    (Kind::Results, 15),
    (Kind::Tallies, 5),
    (Kind::Proposals, 15),
];

/// Views of one consultation.
pub(crate) struct Views {
    paths: [String; 5],
    /// The last tag of each page, which browsers that come again hold.
    etags: Mutex<[Option<Box<str>>; 5]>,
    /// Percentage of views by browsers that come again.
    again_percent: u32,
}

/// A view that somebody is about to have.
#[derive(Clone, Copy)]
pub(crate) struct View {
    place: usize,
    is_again: bool,
}

impl Views {
    pub(crate) fn new(consultation: &Consultation, again_percent: u32) -> Self {
        let page = consultation.page();
        let paths = WEIGHTS.map(|(kind, _)| match kind {
            Kind::VotePage => format!("{page}/vote"),
            Kind::Results => format!("{page}/results"),
            Kind::Tallies => consultation.path("tallies"),
            Kind::Proposals => consultation.path("proposals"),
            _ => page.clone(),
        });
        Self { paths, etags: Mutex::default(), again_percent }
    }

    /// Draws what somebody looks at.
    pub(crate) fn draw(&self, random: &mut SmallRng) -> View {
        let mut rest = random.random_range(0..WEIGHTS.iter().map(|(_, weight)| weight).sum());
        let place = WEIGHTS.iter().position(|&(_, weight)| {
            let is_here = rest < weight;
            rest = rest.saturating_sub(weight);
            is_here
        });
        let is_again = random.random_range(0..100) < self.again_percent;
        View { place: place.unwrap_or(0), is_again }
    }

    /// Looks at it.
    pub(crate) async fn show(&self, client: &Client, due: Instant, view: View) {
        let (kind, path) = (WEIGHTS[view.place].0, &self.paths[view.place]);
        let held = if view.is_again { self.etags()[view.place].clone() } else { None };
        let request = client.requests.view(path, held.as_deref());
        // The response is on record; nothing follows from it.
        if let Ok(shown) = client.deliver(kind, due, &request, |answer| Ok(answer.etag.clone())).await
            && shown.answer.is_some()
        {
            self.etags()[view.place] = shown.answer;
        }
    }

    fn etags(&self) -> MutexGuard<'_, [Option<Box<str>>; 5]> {
        self.etags.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::SeedableRng;

    #[test]
    fn views_are_drawn_by_their_weights() {
        let consultation =
            Consultation::new(&["http://127.0.0.1:1".parse().unwrap()], "essay".parse().unwrap());
        let (views, mut random) = (Views::new(&consultation, 30), SmallRng::seed_from_u64(1));
        let (mut counts, mut again) = ([0_u32; 5], 0_u32);
        for _ in 0..10_000 {
            let view = views.draw(&mut random);
            counts[view.place] += 1;
            again += u32::from(view.is_again);
        }
        for (count, (kind, weight)) in counts.into_iter().zip(WEIGHTS) {
            assert!(count.abs_diff(weight * 100) < 300, "{kind:?}: {count}");
        }
        assert!(again.abs_diff(3_000) < 300, "{again}");
    }
}
