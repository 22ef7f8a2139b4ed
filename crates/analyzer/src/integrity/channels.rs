//! Proposals on which the ballots that came in by one channel differ from those of all others.

use gd_domain::{Channel, ItemNumber};
use gd_report::ChannelGap;

use super::rows::Rows;
use crate::rounding::rounded;

/// Fewer ballots on either side are not compared.
const BALLOTS_MIN: u64 = 20;

/// Expected share of false alarms among those reported (Benjamini & Hochberg 1995).
const FALSE_ALARMS: f64 = 0.01;

/// A difference that matters: some choice's shares are this far apart.
const SHARES_APART: f64 = 0.2;

pub(super) fn find(rows: &mut Rows<'_>) -> Vec<ChannelGap> {
    if rows.table.columns.channel.all_same().is_some() {
        return Vec::new();
    }
    let cells = by_channel(rows);
    let mut compared = Vec::new();
    for (card, cells) in rows.table.cards().iter().zip(&cells) {
        let all = [0, 1, 2].map(|choice| cells.iter().map(|cell| cell[choice]).sum::<u64>());
        for channel in Channel::ALL {
            let own = cells[channel.index()];
            let others = [0, 1, 2].map(|choice| all[choice] - own[choice]);
            if own.iter().sum::<u64>() >= BALLOTS_MIN && others.iter().sum::<u64>() >= BALLOTS_MIN {
                let chance = chance(own, others);
                let gap = ChannelGap {
                    proposal: card.number,
                    channel,
                    counts: own.into(),
                    others: others.into(),
                    chance: rounded(chance),
                };
                compared.push((chance, apart(own, others), gap));
            }
        }
    }
    let limit = limit(compared.iter().map(|one| one.0).collect());
    let found: Vec<ChannelGap> = compared
        .into_iter()
        .filter(|(chance, apart, _)| *chance <= limit && *apart >= SHARES_APART)
        .map(|(_, _, gap)| gap)
        .collect();
    mark(rows, &found);
    found
}

fn by_channel(rows: &Rows<'_>) -> Vec<[[u64; 3]; Channel::ALL.len()]> {
    let columns = &rows.table.columns;
    let mut cells = vec![[[0; 3]; Channel::ALL.len()]; rows.published.len()];
    for row in (0..columns.len()).filter(|row| rows.is_published(*row)) {
        cells[columns.proposal[row] as usize][columns.channel.at(row).index()]
            [columns.choice[row].index()] += 1;
    }
    cells
}

/// P(χ² > x) of two degrees of freedom is e^(−x/2). A choice that nobody made has no part in it.
fn chance(own: [u64; 3], others: [u64; 3]) -> f64 {
    let sum = |cell: [u64; 3]| float(cell.iter().sum());
    let (here, there) = (sum(own), sum(others));
    let part = |choice: usize| {
        let both = float(own[choice] + others[choice]);
        let (wanted, wanted_there) = (both * here / (here + there), both * there / (here + there));
        let square = |found: u64, wanted: f64| (float(found) - wanted).powi(2) / wanted;
        if both > 0.0 { square(own[choice], wanted) + square(others[choice], wanted_there) } else { 0.0 }
    };
    (-(part(0) + part(1) + part(2)) / 2.0).exp()
}

fn apart(own: [u64; 3], others: [u64; 3]) -> f64 {
    let share = |cell: [u64; 3], choice: usize| float(cell[choice]) / float(cell.iter().sum());
    (0..3).map(|choice| (share(own, choice) - share(others, choice)).abs()).fold(0.0, f64::max)
}

/// The greatest chance reported: of those sorted, the last at or below its place's part of the rate.
fn limit(mut chances: Vec<f64>) -> f64 {
    chances.sort_by(f64::total_cmp);
    let all = float(chances.len() as u64);
    let below = |(place, chance): (u64, &f64)| *chance <= FALSE_ALARMS * float(place) / all;
    (1..).zip(&chances).filter(|one| below(*one)).last().map_or(-1.0, |(_, chance)| *chance)
}

/// In question are the ballots of a channel that most others contradict: where two channels face each other,
/// those of the smaller.
fn mark(rows: &mut Rows<'_>, found: &[ChannelGap]) {
    let minority = |gap: &&ChannelGap| gap.counts.total() < gap.others.total();
    let marked: Vec<(ItemNumber, Channel)> =
        found.iter().filter(minority).map(|gap| (gap.proposal, gap.channel)).collect();
    if marked.is_empty() {
        return;
    }
    let columns = &rows.table.columns;
    let cards = rows.table.cards();
    for row in 0..columns.len() {
        let of = (cards[columns.proposal[row] as usize].number, columns.channel.at(row));
        if rows.is_published(row)
            && marked.binary_search_by_key(&(of.0, of.1.index()), |one| (one.0, one.1.index())).is_ok()
        {
            rows.suspicious[row] = true;
        }
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts of people are far below 2^52")]
fn float(count: u64) -> f64 {
    count as f64
}
