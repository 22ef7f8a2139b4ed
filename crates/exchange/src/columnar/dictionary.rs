//! Reads a column of words as numbers: each row's place in the file's own dictionary, without a text per row.
//!
//! The library's column reader looks words up itself, one text with a shared owner for every row. So the pages are
//! handed to it with another dictionary, in which the n-th word is the number n.

use std::vec;

use parquet::basic::Encoding;
use parquet::column::page::{Page, PageMetadata, PageReader};
use parquet::errors::{ParquetError, Result};

/// The words of one column chunk, and its pages with numbers in their place.
pub(super) struct NumberedWords {
    pub(super) words: Vec<Vec<u8>>,
    pub(super) pages: Pages,
}

impl NumberedWords {
    /// Reads the pages of a chunk; `None` where not all of its rows are in one dictionary.
    pub(super) fn of(mut reader: Box<dyn PageReader>) -> Result<Option<Self>> {
        let Some(Page::DictionaryPage { buf, num_values, .. }) = reader.get_next_page()? else {
            return Ok(None);
        };
        let words = plain_words(&buf, num_values)?;
        let numbers: Vec<u8> = (0..num_values).flat_map(u32::to_le_bytes).collect();
        let numbers = Page::DictionaryPage {
            buf: numbers.into(),
            num_values,
            encoding: Encoding::PLAIN,
            is_sorted: true,
        };
        let mut pages = vec![numbers];
        while let Some(page) = reader.get_next_page()? {
            let is_looked_up =
                matches!(page.encoding(), Encoding::RLE_DICTIONARY | Encoding::PLAIN_DICTIONARY);
            if !page.is_data_page() || !is_looked_up {
                return Ok(None);
            }
            pages.push(page);
        }
        Ok(Some(Self { words, pages: Pages(pages.into_iter()) }))
    }
}

/// Texts one after the other, each after its length in four bytes.
fn plain_words(mut bytes: &[u8], count: u32) -> Result<Vec<Vec<u8>>> {
    let cut_short = || ParquetError::EOF("a dictionary ends before its last word".to_owned());
    let mut words = Vec::new();
    for _ in 0..count {
        let (length, rest) = bytes.split_first_chunk::<4>().ok_or_else(cut_short)?;
        let length = usize::try_from(u32::from_le_bytes(*length)).unwrap_or(usize::MAX);
        let (word, rest) = rest.split_at_checked(length).ok_or_else(cut_short)?;
        words.push(word.to_vec());
        bytes = rest;
    }
    Ok(words)
}

/// Pages held in memory, for a reader that takes pages from a file.
pub(super) struct Pages(vec::IntoIter<Page>);

impl Iterator for Pages {
    type Item = Result<Page>;

    fn next(&mut self) -> Option<Self::Item> {
        self.0.next().map(Ok)
    }
}

impl PageReader for Pages {
    fn get_next_page(&mut self) -> Result<Option<Page>> {
        Ok(self.0.next())
    }

    fn peek_next_page(&mut self) -> Result<Option<PageMetadata>> {
        let page = self.0.as_slice().first();
        Ok(page.map(|page| PageMetadata {
            num_rows: None,
            num_levels: usize::try_from(page.num_values()).ok(),
            is_dict: page.is_dictionary_page(),
        }))
    }

    fn skip_next_page(&mut self) -> Result<()> {
        self.0.next();
        Ok(())
    }
}
