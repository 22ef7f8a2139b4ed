//! Proposals as participants submit them.

use std::sync::{Arc, Mutex, PoisonError};

use serde::Deserialize;

use crate::contract::COOKIE;
use crate::open::{Kind, Profile, Run};

/// A proposal on record.
pub(crate) struct Submitted {
    pub(crate) number: u32,
    pub(crate) is_published: bool,
    /// Its author, who will vote later on.
    pub(crate) cookie: String,
}

#[derive(Deserialize)]
struct Answered {
    number: u32,
    status: String,
}

const WISHES: [&str; 8] = [
    "Un seul numéro de téléphone pour",
    "Des courriers plus simples pour",
    "Un rendez-vous par an pour",
    "Des démarches en ligne plus courtes pour",
    "Une réponse sous huit jours pour",
    "Un guide en images pour",
    "Le droit à l'erreur pour",
    "Une aide de proximité pour",
];

const PUBLICS: [&str; 8] = [
    "les indépendants",
    "les petites entreprises",
    "les associations",
    "les particuliers employeurs",
    "les artisans",
    "les médecins de campagne",
    "les jeunes entreprises",
    "les auteurs et les artistes",
];

/// Submits so many proposals in so many seconds, each by somebody new; those that are on record, by number.
pub(crate) async fn submit(run: &Run, proposals: u32, seconds: f64) -> Vec<Submitted> {
    let submitted = Arc::new(Mutex::new(Vec::with_capacity(proposals as usize)));
    let profile = Profile::constant(f64::from(proposals) / seconds, f64::INFINITY);
    let arrivals = run.arrivals(&profile, 3).take(proposals as usize);
    let mut texts = (1..).map(text);
    run.start_each(arrivals, |due| {
        let (client, submitted) = (Arc::clone(&run.client), Arc::clone(&submitted));
        let request = client.requests.propose(&texts.next().unwrap_or_default());
        async move {
            let delivered = client.deliver(Kind::Propose, due, &request, |answer| {
                let body = serde_json::from_slice::<Answered>(answer.body)?;
                Ok((body, answer.cookie.clone()))
            });
            let Ok(delivered) = delivered.await else { return };
            let (Answered { number, status }, cookie) = delivered.answer;
            match cookie {
                Some(cookie) => {
                    let submission =
                        Submitted { number, is_published: status == "published", cookie: cookie.into() };
                    submitted.lock().unwrap_or_else(PoisonError::into_inner).push(submission);
                }
                None => client.watch.fail(format!("a proposal was answered without the cookie {COOKIE}")),
            }
        }
    })
    .await;
    let mut submitted = std::mem::take(&mut *submitted.lock().unwrap_or_else(PoisonError::into_inner));
    submitted.sort_by_key(|submission| submission.number);
    submitted
}

/// A text that no other proposal has.
fn text(serial: usize) -> String {
    let (wish, public) = (WISHES[serial % WISHES.len()], PUBLICS[serial / WISHES.len() % PUBLICS.len()]);
    format!("{wish} {public} (idée {serial})")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_short_enough_and_distinct() {
        let texts = (1..=1_000).map(text).collect::<std::collections::BTreeSet<_>>();
        assert_eq!(texts.len(), 1_000);
        assert!(texts.iter().chain([&text(usize::MAX)]).all(|text| text.chars().count() <= 140));
    }
}
