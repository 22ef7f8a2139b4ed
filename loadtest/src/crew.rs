//! The crew: all voters of a run, in lanes that work at the same time.

use std::sync::Arc;
use std::time::Instant;

use rand::SeedableRng;
use rand::rngs::SmallRng;
use tokio::task::JoinSet;

use crate::lane::{Casting, Drawn, Lane};
use crate::measure::Measure;
use crate::reader::Reader;
use crate::target::Consultation;
use crate::voter::Voter;
use crate::watch::Watch;

/// Everybody who votes in a run.
#[derive(Clone)]
pub(crate) struct Crew {
    lanes: Vec<Lane>,
    /// Ballots in one request.
    pub(crate) per_request: usize,
}

impl Crew {
    /// Participants shared out to connections, at least one each.
    pub(crate) fn new(participants: usize, connections: usize, per_request: usize, seed: u64) -> Self {
        let connections = connections.min(participants);
        let lane = |place: usize| Lane {
            voters: vec![Voter::default(); share(participants, connections, place)],
            random: SmallRng::seed_from_u64(seed.wrapping_add(place as u64)),
        };
        Self { lanes: (0..connections).map(lane).collect(), per_request }
    }

    pub(crate) fn connections(&self) -> usize {
        self.lanes.len()
    }

    pub(crate) fn voters(&self) -> impl Iterator<Item = &Voter> {
        self.lanes.iter().flat_map(|lane| &lane.voters)
    }

    /// Draws cards for all who have none left.
    pub(crate) async fn draw(&mut self, reader: &Arc<Reader>, watch: &Arc<Watch>) -> Drawn {
        let mut tasks = JoinSet::new();
        for (place, mut lane) in self.lanes.drain(..).enumerate() {
            let (reader, watch) = (Arc::clone(reader), Arc::clone(watch));
            tasks.spawn(async move {
                let drawn = lane.draw(&reader, &watch).await;
                (place, lane, drawn)
            });
        }
        let mut total = Drawn::default();
        for drawn in self.gather(tasks).await {
            total.sequences += drawn.sequences;
            total.already_voted += drawn.already_voted;
        }
        total
    }

    /// Casts up to `ballots` on the cards at hand.
    pub(crate) async fn cast(
        &mut self,
        consultation: &Consultation,
        ballots: usize,
        watch: &Arc<Watch>,
    ) -> Measure {
        let (connections, per_request) = (self.lanes.len(), self.per_request);
        let mut tasks = JoinSet::new();
        let began = Instant::now();
        for (place, mut lane) in self.lanes.drain(..).enumerate() {
            let ballots = share(ballots, connections, place);
            let casting = Casting {
                consultation: consultation.clone(),
                turn: place,
                ballots,
                per_request,
                watch: Arc::clone(watch),
            };
            tasks.spawn(async move {
                let measure = lane.cast(&casting).await;
                (place, lane, measure)
            });
        }
        let measures = self.gather(tasks).await;
        let mut total = Measure::new();
        total.elapsed = began.elapsed();
        for measure in &measures {
            total.add(measure);
        }
        total
    }

    /// Waits for all lanes and puts them back in their places, so that a seed gives the same run again.
    async fn gather<T: 'static>(&mut self, mut tasks: JoinSet<(usize, Lane, T)>) -> Vec<T> {
        let mut done = Vec::with_capacity(tasks.len());
        while let Some(lane) = tasks.join_next().await {
            done.push(lane.expect("a lane neither panics nor is aborted"));
        }
        done.sort_by_key(|(place, ..)| *place);
        let (lanes, results) = done.into_iter().map(|(_, lane, result)| (lane, result)).unzip();
        self.lanes = lanes;
        results
    }
}

/// The part of `whole` at one place of `parts`; all parts add up to it and differ by one at most.
fn share(whole: usize, parts: usize, place: usize) -> usize {
    whole / parts + usize::from(place < whole % parts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_add_up() {
        for (whole, parts) in [(0, 3), (2, 3), (100, 7), (64, 64)] {
            assert_eq!((0..parts).map(|place| share(whole, parts, place)).sum::<usize>(), whole);
        }
    }

    #[test]
    fn no_connection_is_without_voters() {
        let crew = Crew::new(5, 64, 1, 1);
        assert_eq!((crew.connections(), crew.voters().count()), (5, 5));
    }
}
