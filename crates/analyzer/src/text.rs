//! The report for a terminal: at most 100 columns, the head first, then what leads under each label.

use std::fmt::Write as _;

use gd_domain::ItemNumber;
use gd_report::{
    Bridge, Change, Direction, Fragility, GroupShare, IdeaResult, Integrity, MethodKind, ProposalResult,
    Report, Score, Share, Zone,
};
use textwrap::{Options, WordSeparator, WordSplitter, WrapAlgorithm};
use unicode_width::{UnicodeWidthChar as _, UnicodeWidthStr as _};

use crate::Label;

/// Widest line, in terminal columns.
const COLUMNS: usize = 100;

/// Proposals listed under each heading.
const LISTED_MAX: usize = 10;

/// Listed where it is enough to see what is meant.
const LISTED_BRIEFLY_MAX: usize = 3;

/// Longest text shown of a proposal, in columns: all of one of 140 characters, three lines of others.
const TEXT_COLUMNS: usize = 264;

/// Columns before texts and figures.
const INDENT: usize = 10;

/// The report as text.
#[must_use]
pub fn render_text(report: &Report) -> String {
    let mut text = head(report);
    if report.method == MethodKind::MakeOrg {
        for zone in Zone::ALL {
            text.push_str(&zone_section(report, zone));
        }
    } else {
        for (label, title, listed_max) in SECTIONS {
            text.push_str(&label_section(report, label, title, listed_max));
        }
    }
    text.push_str(&ideas(report));
    text.push_str(&opinion_groups(report));
    text.push_str(&bridging(report));
    text.push_str(&integrity(report));
    text.push_str(&limits(report));
    text
}

/// Each label with its heading and how many proposals are listed at most.
const SECTIONS: [(Label, &str, usize); 6] = [
    (Label::Consensus, "CONSENSUS", LISTED_MAX),
    (Label::Controversy, "CONTROVERSIES", LISTED_MAX),
    (Label::Rejection, "REJECTIONS", LISTED_MAX),
    (Label::Indifference, "INDIFFERENCE", LISTED_BRIEFLY_MAX),
    (Label::Mixed, "MIXED", LISTED_BRIEFLY_MAX),
    (Label::Undetermined, "STILL OPEN", LISTED_MAX),
];

fn head(report: &Report) -> String {
    let (input, analysed) = (&report.input, report.counted());
    let title = if report.consultation.is_empty() { "Report" } else { report.consultation.as_str() };
    let mut lines = vec![shortened(title, COLUMNS), String::new()];
    lines.push(format!(
        "  Analysed   {} on {}, by {}",
        counted(analysed.ballots, "ballot"),
        counted(analysed.proposals, "published proposal"),
        counted(analysed.participants, "participant"),
    ));
    lines.push(format!(
        "  Votes      {} agree, {} disagree, {} neutral",
        grouped(analysed.counts.agree),
        grouped(analysed.counts.disagree),
        grouped(analysed.counts.neutral)
    ));
    lines.push(format!(
        "  Input      {} on {}, by {}",
        counted(input.ballots, "ballot"),
        counted(input.proposals, "proposal"),
        counted(input.participants, "participant"),
    ));
    lines.push(format!("  Digest     {}", input.digest));
    lines.push(format!("  Method     {}, seed {}", report.method, report.seed));
    lines.push(format!("  Labels     {}", by_label(report)));
    if let Some(zones) = &report.zones {
        let zones: Vec<String> = zones.iter().map(|(zone, n)| format!("{} {n}", zone.as_str())).collect();
        lines.push(format!("  Zones      {}", zones.join(" · ")));
    }
    // Zones are no claims: this line would seem to be about them.
    if report.claims.count > 0 && report.zones.is_none() {
        lines.push(format!(
            "  Claims     {} labels, of which about {:.1} are expected to be wrong",
            report.claims.count,
            expected_wrong(report),
        ));
    }
    lines.push(String::new());
    lines.join("\n")
}

#[expect(clippy::cast_precision_loss, reason = "counts of proposals are far below 2^52")]
fn expected_wrong(report: &Report) -> f64 {
    report.claims.mean_error * report.claims.count as f64
}

fn by_label(report: &Report) -> String {
    let parts: Vec<String> = report.labels.iter().map(|(label, count)| format!("{label} {count}")).collect();
    parts.join(" · ")
}

fn label_section(report: &Report, label: Label, title: &str, listed_max: usize) -> String {
    let leading = report.leading(label);
    let mut text = heading(title, leading.len(), listed_max);
    for proposal in leading.iter().take(listed_max) {
        text.push_str(&text_lines(proposal));
        text.push_str(&figures(proposal, label));
        text.push_str(&audiences(proposal));
    }
    text
}

fn zone_section(report: &Report, zone: Zone) -> String {
    let rank = |proposal: &ProposalResult| {
        proposal.scores.map_or(0.0, |scores| match zone {
            Zone::Consensus => scores.top.score,
            Zone::Controversy => scores.controversy.score,
            Zone::Rejection => scores.rejection.score,
            Zone::Limbo => scores.neutral.score,
        })
    };
    let mut leading: Vec<_> = report.proposals.iter().filter(|one| one.zone == Some(zone)).collect();
    leading.sort_by(|one, other| rank(other).total_cmp(&rank(one)).then(one.number.cmp(&other.number)));
    let mut text = heading(&zone.as_str().to_uppercase(), leading.len(), LISTED_MAX);
    for proposal in leading.iter().take(LISTED_MAX) {
        text.push_str(&text_lines(proposal));
        text.push_str(&score_line(proposal));
    }
    text
}

/// The ideas of several proposals with the most supporters; nothing where there are none.
fn ideas(report: &Report) -> String {
    if report.ideas.is_empty() {
        return String::new();
    }
    let mut leading: Vec<&IdeaResult> = report.ideas.iter().collect();
    leading.sort_by_key(|idea| (std::cmp::Reverse(idea.supporters), idea.representative));
    let mut text = heading("IDEAS", leading.len(), LISTED_MAX);
    for idea in leading.into_iter().take(LISTED_MAX) {
        let title = wrapped(&shortened(&idea.title, TEXT_COLUMNS), INDENT);
        let _ = write!(
            text,
            "\n{:>8}  {}{:INDENT$}{} · supporters {} · {}\n",
            format!("#{}", idea.representative),
            title.trim_start(),
            "",
            counted(idea.proposals.len() as u64, "proposal"),
            share(idea.shares.agree).trim(),
            counted(idea.voters, "voter"),
        );
    }
    text
}

fn heading(title: &str, count: usize, listed_max: usize) -> String {
    let shown = match count {
        0 => "none".to_owned(),
        count if count > listed_max => format!("{listed_max} of {}", grouped(count as u64)),
        count => count.to_string(),
    };
    format!("\n{title} ({shown})\n")
}

/// The number, then the text on as many lines as it takes.
fn text_lines(proposal: &ProposalResult) -> String {
    let number = format!("{:>8}", format!("#{}", proposal.number));
    let text = wrapped(&shortened(&proposal.text, TEXT_COLUMNS), INDENT);
    format!("\n{number}  {}", text.trim_start())
}

fn figures(proposal: &ProposalResult, label: Label) -> String {
    let shares = &proposal.shares;
    if proposal.counts.total() == 0 {
        return format!("{:INDENT$}0 ballots\n", "");
    }
    let sure = percent(proposal.confidence);
    let says = match label {
        Label::Undetermined => format!(" · {} with probability {sure}{}", proposal.likeliest, more(proposal)),
        _ => format!(" · {sure} sure{}", undone(proposal)),
    };
    format!(
        "{:INDENT$}agree {}   disagree {}   neutral {}\n{:INDENT$}{}{says}\n",
        "",
        share(shares.agree),
        share(shares.disagree),
        share(shares.neutral).trim_end(),
        "",
        counted(proposal.counts.total(), "ballot"),
    )
}

/// The votes that would probably settle the label.
fn more(proposal: &ProposalResult) -> String {
    match proposal.further_votes {
        Some(votes) => format!(" · {} more votes would probably tell", grouped(u64::from(votes))),
        None => String::new(),
    }
}

/// The fewest ballots that would undo the label.
fn undone(proposal: &ProposalResult) -> String {
    let Some(Fragility { ballots, change, choice }) = proposal.fragility else { return String::new() };
    let change = match change {
        Change::Add => "more",
        Change::Remove => "fewer",
    };
    format!(" · {} {change} of {choice} would undo it", grouped(ballots))
}

/// "72 % (66–78)" in 13 columns.
fn share(share: Share) -> String {
    let whole = |share: f64| format!("{:.0}", share * 100.0);
    format!("{:>3} % {:<8}", whole(share.mean), format!("({}–{})", whole(share.low), whole(share.high)))
}

/// Never "100 %": nothing here is certain.
fn percent(probability: f64) -> String {
    if probability > 0.99 { "> 99 %".to_owned() } else { format!("{:.0} %", probability * 100.0) }
}

fn audiences(proposal: &ProposalResult) -> String {
    let list = |title: &str, ids: &[gd_domain::Slug]| {
        let names: Vec<&str> = ids.iter().map(gd_domain::Slug::as_str).collect();
        if names.is_empty() {
            String::new()
        } else {
            wrapped(&format!("{title}: {}", names.join(", ")), INDENT)
        }
    };
    let not_shared = not_shared_only(proposal);
    list("opposed by", &proposal.opposed_by)
        + &list("not shared by", &not_shared)
        + &list("too few ballots to tell", &proposal.too_few_to_tell)
}

/// Audiences that do not share the consensus without opposing it.
fn not_shared_only(proposal: &ProposalResult) -> Vec<gd_domain::Slug> {
    let is_neutral = |audience: &&gd_domain::Slug| !proposal.opposed_by.contains(audience);
    proposal.not_shared_by.iter().filter(is_neutral).cloned().collect()
}

fn score_line(proposal: &ProposalResult) -> String {
    let Some(scores) = &proposal.scores else { return String::new() };
    let score = |score: Score| format!("{:>6.3} ± {:.3}", score.score, score.confidence);
    format!(
        "{:INDENT$}top {}  controversy {}  rejection {}  {:>7} ballots\n",
        "",
        score(scores.top),
        score(scores.controversy),
        score(scores.rejection),
        grouped(proposal.counts.total()),
    )
}

/// Signs that votes may not be what they seem; nothing where there are none.
fn integrity(report: &Report) -> String {
    let Some(Integrity { bursts, alike, channels, ballots, relabelled }) = &report.integrity else {
        return String::new();
    };
    if *ballots == 0 && channels.is_empty() {
        return String::new();
    }
    let people = alike.iter().map(|one| one.participants).sum();
    let sentences = [
        (bursts.len() as u64, format!("Bursts of voting: {}.", bursts.len())),
        (
            alike.len() as u64,
            format!(
                "Participants whose ballots are all but the same: {}, in {}.",
                grouped(people),
                counted(alike.len() as u64, "set")
            ),
        ),
        (
            channels.len() as u64,
            format!("Channels that disagree with the others on a proposal: {}.", channels.len()),
        ),
        (
            *ballots,
            format!(
                "Ballots in question: {}. Without them the labels of {} would be others. Nothing in \
            this report leaves them out.",
                grouped(*ballots),
                counted(relabelled.len() as u64, "proposal")
            ),
        ),
    ];
    let mut text = "\nSIGNS TO LOOK INTO\n\n".to_owned();
    for (_, sentence) in sentences.iter().filter(|(count, _)| *count > 0) {
        let _ = write!(text, "  - {}", wrapped(sentence, 4).trim_start());
    }
    text
}

/// Each group with what sets it apart; nothing where there are none: the limits say why.
fn opinion_groups(report: &Report) -> String {
    let mut text = String::new();
    for group in &report.groups {
        let title = format!("OPINION GROUP {}", group.id.as_str().to_uppercase());
        let _ = writeln!(text, "\n{title} ({})", counted(group.size, "participant"));
        for one in group.representative.iter().take(LISTED_BRIEFLY_MAX) {
            let says = match one.direction {
                Direction::Agree => "agrees more than the others",
                Direction::Disagree => "disagrees more than the others",
            };
            text.push_str(&listed(report, one.proposal, |_| format!("{:INDENT$}{says}\n", "")));
        }
    }
    text
}

/// Proposals that unite or divide the groups, with the groups at both ends.
fn bridging(report: &Report) -> String {
    let Some(bridging) = &report.bridging else { return String::new() };
    let ends = |proposal: &ProposalResult| {
        let end = |group: &GroupShare| format!("{} in group {}", share(group.agree).trim(), group.group);
        let told = |bridge: &Bridge| {
            format!("{:INDENT$}agree {} to {}\n", "", end(&bridge.weakest), end(&bridge.strongest))
        };
        proposal.bridge.as_ref().map(told).unwrap_or_default()
    };
    let section = |title: &str, numbers: &[ItemNumber]| {
        let proposals = numbers.iter().take(LISTED_BRIEFLY_MAX).map(|&number| listed(report, number, ends));
        heading(title, numbers.len(), LISTED_BRIEFLY_MAX) + &proposals.collect::<String>()
    };
    section("UNITES THE GROUPS", &bridging.unites) + &section("DIVIDES THE GROUPS", &bridging.divides)
}

/// A proposal by its number, with a line of what is to be said of it.
fn listed(report: &Report, number: ItemNumber, line: impl Fn(&ProposalResult) -> String) -> String {
    let place = report.proposals.binary_search_by_key(&number, |proposal| proposal.number);
    let proposal = place.ok().map(|place| &report.proposals[place]);
    proposal.map(|proposal| text_lines(proposal) + &line(proposal)).unwrap_or_default()
}

fn limits(report: &Report) -> String {
    let mut text = "\nWHAT THE DATA CANNOT SHOW\n\n".to_owned();
    for sentence in &report.limits {
        let _ = write!(text, "  - {}", wrapped(sentence, 4).trim_start());
    }
    text
}

/// "1 ballot", "12,345 ballots".
fn counted(count: u64, noun: &str) -> String {
    format!("{} {noun}{}", grouped(count), if count == 1 { "" } else { "s" })
}

/// Thousands apart: 12,345.
fn grouped(count: u64) -> String {
    let digits = count.to_string();
    let groups: Vec<&str> =
        digits.as_bytes().rchunks(3).rev().map(|group| std::str::from_utf8(group).unwrap_or("")).collect();
    groups.join(",")
}

/// The words on lines of at most [`COLUMNS`], each indented. A word wider than a line is broken, because some
/// scripts write without spaces.
fn wrapped(text: &str, indent: usize) -> String {
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let options = Options::new(COLUMNS - indent)
        .wrap_algorithm(WrapAlgorithm::FirstFit)
        .word_separator(WordSeparator::AsciiSpace)
        .word_splitter(WordSplitter::NoHyphenation);
    textwrap::wrap(&words, options).iter().fold(String::new(), |mut text, line| {
        let _ = writeln!(text, "{:indent$}{line}", "");
        text
    })
}

/// One line of at most `columns`, cut with "…". Control characters become spaces: a terminal would obey them.
fn shortened(text: &str, columns: usize) -> String {
    let plain: String = text.chars().map(|one| if one.is_control() { ' ' } else { one }).collect();
    if plain.width() <= columns {
        return plain;
    }
    let mut used = 1;
    let fits = |character: &char| {
        used += character.width().unwrap_or(0);
        used <= columns
    };
    let line: String = plain.chars().take_while(fits).collect();
    format!("{}…", line.trim_end())
}
