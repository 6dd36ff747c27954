//! The bytes of a delimited text: a stream comes in, a stream in UTF-8 without a byte order mark goes
//! out, with the first bytes to look at.

use std::io::{self, BufRead, BufReader, Cursor, Read};

/// How many bytes are looked at before anything is read.
const AHEAD: usize = 64 * 1024;

/// Opens a text. UTF-16 with its mark is decoded as a whole, which is rare; all else is a stream.
pub fn open<'r>(from: Box<dyn Read + Send + 'r>) -> io::Result<Box<dyn BufRead + 'r>> {
    let mut from = BufReader::with_capacity(AHEAD, from);
    let start = from.fill_buf()?;
    let utf_16 = match start {
        [0xFF, 0xFE, ..] => Some(encoding_rs::UTF_16LE),
        [0xFE, 0xFF, ..] => Some(encoding_rs::UTF_16BE),
        _ => None,
    };
    if let Some(encoding) = utf_16 {
        let mut bytes = vec![];
        from.read_to_end(&mut bytes)?;
        let (text, _, _) = encoding.decode(&bytes);
        return Ok(Box::new(Cursor::new(text.into_owned().into_bytes())));
    }
    if start.starts_with(b"\xEF\xBB\xBF") {
        from.consume(3);
    }
    Ok(Box::new(from))
}
