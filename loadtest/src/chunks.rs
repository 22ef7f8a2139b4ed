//! Chunked bodies of HTTP/1.1: where they end, and what they say without their chunk heads.

use std::io::Result;

use crate::head::invalid;

/// The end of a chunked body, in bytes from its start; `None` as long as it has not arrived whole. Trailers
/// are not expected of the servers this speaks with.
pub(crate) fn end(bytes: &[u8]) -> Result<Option<usize>> {
    let mut at = 0;
    while let Some((start, length)) = chunk(&bytes[at..])? {
        at += start + length + LINE_END.len();
        if length == 0 {
            return Ok((at <= bytes.len()).then_some(at));
        }
        if at > bytes.len() {
            return Ok(None);
        }
    }
    Ok(None)
}

/// Moves what a whole chunked body says to its front, and drops the rest.
pub(crate) fn join(bytes: &mut Vec<u8>, from: usize) -> Result<()> {
    let (mut read, mut written) = (from, from);
    while let Some((start, length)) = chunk(&bytes[read..])? {
        let data = read + start..read + start + length;
        read = data.end + LINE_END.len();
        bytes.copy_within(data, written);
        written += length;
        if length == 0 {
            break;
        }
    }
    bytes.truncate(written);
    Ok(())
}

const LINE_END: &[u8] = b"\r\n";

/// Most digits of a chunk's length.
const DIGITS_MAX: usize = 8;

/// The start of the chunk's data and its length, in bytes; `None` until its head has arrived.
fn chunk(bytes: &[u8]) -> Result<Option<(usize, usize)>> {
    let head = &bytes[..bytes.len().min(DIGITS_MAX + LINE_END.len())];
    let Some(end) = head.windows(LINE_END.len()).position(|window| window == LINE_END) else {
        return if head.len() < DIGITS_MAX + LINE_END.len() { Ok(None) } else { Err(invalid("not a chunk")) };
    };
    let length = str::from_utf8(&head[..end]).ok().and_then(|digits| usize::from_str_radix(digits, 16).ok());
    Ok(Some((end + LINE_END.len(), length.ok_or_else(|| invalid("not a chunk"))?)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chunked_body_is_read_once_it_is_whole() {
        let bytes = b"4\r\nWiki\r\nA\r\n0123456789\r\n0\r\n\r\n";
        for cut in 0..bytes.len() {
            assert_eq!(end(&bytes[..cut]).unwrap(), None, "{cut}");
        }
        assert_eq!(end(bytes).unwrap(), Some(bytes.len()));
        let mut whole = [b"head", &bytes[..]].concat();
        join(&mut whole, 4).unwrap();
        assert_eq!(whole, b"headWiki0123456789");
    }

    #[test]
    fn what_is_no_chunk_is_an_error() {
        for bytes in [&b"zz\r\n"[..], b"\r\n", b"-1\r\n", b"0123456789abcdef"] {
            assert!(end(bytes).is_err());
        }
    }
}
