//! The bytes of a file with every kind of line break turned into `\n`, and what its end looks like.
//!
//! With one kind of line break, line numbers are a count of `\n`. The CSV parser is lenient about a
//! file that stops in the middle; two extra line breaks after the end let [`crate::table`] see it: a
//! record that swallows both never closed its quote, one that needs the first had no line break.

use std::io::{self, Read};

const AFTER_THE_END: &[u8] = b"\n\n";

/// Reads `inner` with `\r\n` and lone `\r` as `\n`, then the two extra line breaks.
pub(crate) struct LineBreaks<R> {
    inner: R,
    given: u64,
    last: Option<u8>,
    after_the_end: &'static [u8],
}

impl<R: Read> LineBreaks<R> {
    pub(crate) fn new(inner: R) -> Self {
        Self { inner, given: 0, last: None, after_the_end: AFTER_THE_END }
    }

    /// The number of bytes returned, with both extra line breaks. `None` before the end.
    pub(crate) fn length(&self) -> Option<u64> {
        self.after_the_end.is_empty().then_some(self.given)
    }

    /// The last byte of the file so far; a line break of any kind is `\n`, or `\r` for a lone one.
    pub(crate) fn last(&self) -> Option<u8> {
        self.last
    }

    /// Turns `\r\n` and `\r` into `\n` and returns the remaining length.
    fn unify(&mut self, bytes: &mut [u8]) -> usize {
        let mut after_return = self.last == Some(b'\r');
        self.last = bytes.last().copied();
        if !after_return && !bytes.contains(&b'\r') {
            return bytes.len();
        }
        let mut kept = 0;
        for place in 0..bytes.len() {
            let byte = bytes[place];
            if !(after_return && byte == b'\n') {
                bytes[kept] = if byte == b'\r' { b'\n' } else { byte };
                kept += 1;
            }
            after_return = byte == b'\r';
        }
        kept
    }
}

impl<R: Read> Read for LineBreaks<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            let count = self.inner.read(buffer)?;
            let kept = self.unify_or_end(buffer, count)?;
            // A chunk may hold nothing but the second half of a `\r\n`: that is not the end.
            if kept > 0 || count == 0 {
                self.given += kept as u64;
                return Ok(kept);
            }
        }
    }
}

impl<R: Read> LineBreaks<R> {
    fn unify_or_end(&mut self, buffer: &mut [u8], count: usize) -> io::Result<usize> {
        if count == 0 { self.after_the_end.read(buffer) } else { Ok(self.unify(&mut buffer[..count])) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns a few bytes at a time, so that reads split a `\r\n`.
    struct Dribble<'a>(&'a [u8], usize);

    impl Read for Dribble<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            let count = self.1.min(buffer.len());
            self.0.read(&mut buffer[..count])
        }
    }

    #[test]
    fn every_line_break_becomes_one_newline_wherever_reads_are_cut() {
        for step in 1..6 {
            let mut reader = LineBreaks::new(Dribble(b"a\r\nb\n\r\nc\rd\r\r\ne", step));
            let mut text = String::new();
            reader.read_to_string(&mut text).unwrap();
            assert_eq!(text, "a\nb\n\nc\nd\n\ne\n\n", "{step} bytes a read");
            assert_eq!(reader.length(), Some(text.len() as u64));
            assert_eq!(reader.last(), Some(b'e'));
        }
    }
}
