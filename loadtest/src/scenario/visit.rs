//! A participant's visit to the event: draws cards, casts, thinks again, and sends some of it twice.

use std::time::{Duration, Instant};

use tokio::time::sleep_until;

use super::agenda::Agenda;
use crate::open::{Client, Participant};

/// One participant, from arrival to leave.
pub(super) struct Visit<'a> {
    pub(super) client: &'a Client,
    pub(super) participant: Participant,
    /// The rest of the agenda.
    pub(super) agenda: Agenda,
    /// When the next request is due.
    pub(super) due: Instant,
    /// When the last request should be due: who comes late thinks less.
    pub(super) until: Instant,
    pub(super) think: Duration,
    pub(super) per_request: usize,
}

impl Visit<'_> {
    /// Follows the agenda to its end. Returns the participant, ready to leave.
    pub(super) async fn follow(mut self) -> Participant {
        while self.agenda.ballots > 0 && self.participant.draw(self.client, self.due).await {
            self.cast().await;
        }
        while self.agenda.changes > 0 && !self.client.watch.is_over() {
            self.agenda.changes -= 1;
            self.think().await;
            self.participant.change(self.client, self.due).await;
        }
        while self.agenda.retractions > 0 && !self.client.watch.is_over() {
            self.agenda.retractions -= 1;
            self.think().await;
            self.participant.retract(self.client, self.due).await;
        }
        self.participant
    }

    /// Casts on the cards at hand.
    async fn cast(&mut self) {
        while self.agenda.ballots > 0 && self.participant.can_cast() && !self.client.watch.is_over() {
            self.think().await;
            let count = usize::try_from(self.agenda.ballots).unwrap_or(usize::MAX).min(self.per_request);
            self.agenda.ballots -= self.participant.cast(self.client, self.due, count).await as u64;
            if self.agenda.retries > 0 {
                self.agenda.retries -= 1;
                self.participant.repeat(self.client, Instant::now()).await;
            }
        }
    }

    async fn think(&mut self) {
        let requests_left = self.agenda.requests_left(self.per_request as u64);
        let time_left = self.until.saturating_duration_since(self.due);
        let time_max = time_left / u32::try_from(requests_left + 1).unwrap_or(u32::MAX);
        self.due += self.participant.think(self.think).min(time_max);
        sleep_until(self.due.into()).await;
    }
}
