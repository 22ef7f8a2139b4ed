//! `shortlist.xlsx`, for the facilitator of a workshop. One sheet has the entries, the other explains them.

use std::collections::BTreeMap;

use gd_domain::{Language, Slug};
use gd_report::{AudienceResult, ProposalResult, Report, Share, ShortlistEntry};
use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError,
};

use super::TableError;
use super::cells::joined;
use super::sentences::{audit, label, why};
use super::words::{COLUMNS, Words, words};

/// Widths of the columns in characters. The sheet prints one landscape page wide.
const WIDTHS: [u16; COLUMNS] = [7, 8, 52, 12, 14, 14, 9, 9, 9, 9, 10, 9, 30, 24, 11, 13, 48];

/// The number of A4 in the workbook format's list of paper sizes.
const A4: u8 = 9;

/// Writes the workbook; `title` is the question of the consultation. The same input gives the same bytes.
///
/// # Errors
/// [`TableError`] when the workbook cannot be written, which no report causes.
pub(crate) fn shortlist_xlsx(
    report: &Report,
    title: &str,
    language: Language,
) -> Result<Vec<u8>, TableError> {
    write(report, &plain(title), language).map_err(TableError::of)
}

fn write(report: &Report, title: &str, language: Language) -> Result<Vec<u8>, XlsxError> {
    let (words, formats) = (words(language), Formats::new());
    let mut workbook = Workbook::new();
    // The time of writing would make every copy differ.
    let written = ExcelDateTime::from_ymd(2000, 1, 1)?;
    let properties = DocProperties::new().set_title(title).set_creation_datetime(&written);
    workbook.set_properties(&properties);
    list_sheet(workbook.add_worksheet(), report, language, words, &formats)?;
    about_sheet(workbook.add_worksheet(), report, title, language, words, &formats)?;
    workbook.save_to_buffer()
}

/// Formats of cells by their content.
struct Formats {
    header: Format,
    text: Format,
    whole: Format,
    percent: Format,
    title: Format,
}

impl Formats {
    fn new() -> Self {
        let cell = Format::new().set_align(FormatAlign::Top).set_border_bottom(FormatBorder::Hair);
        let header = Format::new().set_bold().set_text_wrap().set_align(FormatAlign::VerticalCenter);
        Self {
            header: header.set_background_color(0x00E8_EDF3).set_border_bottom(FormatBorder::Thin),
            text: cell.clone().set_text_wrap().set_align(FormatAlign::Left),
            whole: cell.clone().set_num_format("#,##0"),
            percent: cell.set_num_format("0%"),
            title: Format::new().set_bold().set_font_size(13),
        }
    }
}

fn list_sheet(
    sheet: &mut Worksheet,
    report: &Report,
    language: Language,
    words: &Words,
    formats: &Formats,
) -> Result<(), XlsxError> {
    sheet.set_name(words.list)?;
    for (column, ((name, _), width)) in (0..).zip(words.columns.iter().zip(WIDTHS)) {
        sheet.set_column_width(column, width)?;
        sheet.write_string_with_format(0, column, *name, &formats.header)?;
    }
    sheet.set_row_height(0, 32)?;
    let mut last_row = 0;
    for (row, (entry, proposal)) in (1..).zip(report.listed()) {
        for (column, cell) in (0..).zip(cells(row, entry, proposal, language)) {
            cell.write(sheet, row, column, formats)?;
        }
        last_row = row;
    }
    sheet.set_freeze_panes(1, 3)?;
    sheet.autofilter(0, 0, last_row, last_column())?;
    sheet.set_landscape().set_paper_size(A4).set_print_fit_to_pages(1, 0);
    sheet.set_repeat_rows(0, 0)?;
    sheet.set_footer(format!("&C{} &P / &N", words.page));
    Ok(())
}

fn last_column() -> u16 {
    u16::try_from(COLUMNS - 1).expect("a sheet has few columns")
}

/// The content of a cell of the first sheet.
enum Cell {
    Text(String),
    Whole(u64),
    Share(f64),
}

impl Cell {
    fn write(self, sheet: &mut Worksheet, row: u32, column: u16, formats: &Formats) -> Result<(), XlsxError> {
        match self {
            // Written as a string, a text that starts like a formula stays a text.
            Self::Text(text) => sheet.write_string_with_format(row, column, plain(&text), &formats.text)?,
            Self::Whole(count) => {
                sheet.write_number_with_format(row, column, float(count), &formats.whole)?
            }
            Self::Share(share) => sheet.write_number_with_format(row, column, share, &formats.percent)?,
        };
        Ok(())
    }
}

fn cells(
    place: u32,
    entry: &ShortlistEntry,
    proposal: &ProposalResult,
    language: Language,
) -> [Cell; COLUMNS] {
    let shares = proposal.shares;
    let theme = proposal.theme.as_ref().map(ToString::to_string).unwrap_or_default();
    [
        Cell::Whole(place.into()),
        Cell::Whole(proposal.number.0.into()),
        Cell::Text(proposal.text.clone()),
        Cell::Text(joined(&entry.proposals[1..])),
        Cell::Text(theme),
        Cell::Text(label(proposal.label, language).to_owned()),
        Cell::Whole(proposal.counts.total()),
        Cell::Share(shares.agree.mean),
        Cell::Share(shares.agree.low),
        Cell::Share(shares.agree.high),
        Cell::Share(shares.disagree.mean),
        Cell::Share(shares.neutral.mean),
        Cell::Text(audiences(&proposal.by_audience)),
        Cell::Text(not_shared(proposal, language)),
        Cell::Whole(entry.supporters),
        Cell::Whole(entry.newly_represented),
        Cell::Text(why(entry, proposal, language)),
    ]
}

/// One line of text an audience, as in "staff 72 % (66–78)".
fn audiences(voices: &BTreeMap<Slug, AudienceResult>) -> String {
    let whole = |share: f64| format!("{:.0}", share * 100.0);
    let line = |(audience, voice): (&Slug, &AudienceResult)| {
        let Share { mean, low, high } = voice.shares.agree;
        format!("{audience} {}\u{a0}% ({}–{})", whole(mean), whole(low), whole(high))
    };
    voices.iter().map(line).collect::<Vec<_>>().join("\n")
}

fn not_shared(proposal: &ProposalResult, language: Language) -> String {
    let only_not_shared: Vec<&Slug> =
        proposal.not_shared_by.iter().filter(|one| !proposal.opposed_by.contains(one)).collect();
    let [opposed, not_shared, too_few] = match language {
        Language::En => ["opposed: ", "does not share it: ", "too few votes: "],
        Language::Fr => ["opposé\u{a0}: ", "ne la partage pas\u{a0}: ", "trop peu de votes\u{a0}: "],
    };
    let lines = [
        (opposed, joined(&proposal.opposed_by)),
        (not_shared, joined(only_not_shared)),
        (too_few, joined(&proposal.too_few_to_tell)),
    ];
    let said = lines.into_iter().filter(|(_, names)| !names.is_empty());
    said.map(|(what, names)| format!("{what}{names}")).collect::<Vec<_>>().join("\n")
}

fn about_sheet(
    sheet: &mut Worksheet,
    report: &Report,
    title: &str,
    language: Language,
    words: &Words,
    formats: &Formats,
) -> Result<(), XlsxError> {
    sheet.set_name(words.about)?;
    sheet.set_column_width(0, 26)?.set_column_width(1, 110)?;
    sheet.write_string_with_format(0, 0, title, &formats.title)?;
    let mut lines: Vec<(&str, String)> = Vec::new();
    if let Some(reported) = &report.shortlist_audit {
        let [chosen, represented] = audit(reported, language);
        lines.extend([(words.how_chosen, chosen), (words.how_represented, represented)]);
    }
    lines.extend(words.limits.map(|limit| (words.cannot_show, limit.to_owned())));
    lines.push((words.column, words.meaning.to_owned()));
    let headed_at = lines.len();
    lines.extend(words.columns.iter().map(|(name, meaning)| (*name, (*meaning).to_owned())));
    lines.extend(report.limits.iter().map(|limit| (words.report_limits, limit.clone())));
    for (row, (place, (what, says))) in (2..).zip((1..).zip(lines)) {
        let format = if place == headed_at { &formats.header } else { &formats.text };
        sheet.write_string_with_format(row, 0, what, format)?;
        sheet.write_string_with_format(row, 1, plain(&says), format)?;
    }
    sheet.set_landscape().set_paper_size(A4).set_print_fit_to_pages(1, 0);
    Ok(())
}

/// Puts a space for each character that a sheet cannot hold: control characters and the two noncharacters.
fn plain(text: &str) -> String {
    let is_allowed = |one: char| one == '\n' || !(one.is_control() || matches!(one, '\u{fffe}' | '\u{ffff}'));
    text.chars().map(|one| if is_allowed(one) { one } else { ' ' }).collect()
}

#[expect(clippy::cast_precision_loss, reason = "counts of people are far below 2^52")]
fn float(count: u64) -> f64 {
    count as f64
}
