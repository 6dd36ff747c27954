//! Request lines: what a browser sends comes in, and goes out to the parser. A `#` in a request
//! line, which the parser would cut off without a word, becomes a byte that no request line may
//! have.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

/// A connection whose request lines are checked. Requests have no bodies here, so every line after
/// an empty one is a request line.
pub struct Lines<S> {
    inner: S,
    is_request_line: bool,
    is_empty: bool,
}

impl<S> Lines<S> {
    pub fn new(inner: S) -> Self {
        Self {
            inner,
            is_request_line: true,
            is_empty: true,
        }
    }

    fn look(&mut self, bytes: &mut [u8]) {
        for byte in bytes {
            match *byte {
                b'#' if self.is_request_line => *byte = 0,
                b'\r' => continue,
                // Empty lines before a request line are allowed.
                b'\n' => {
                    self.is_request_line = self.is_empty;
                    self.is_empty = true;
                    continue;
                }
                _ => {}
            }
            self.is_empty = false;
        }
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Lines<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        let polled = Pin::new(&mut self.inner).poll_read(context, buffer);
        self.look(&mut buffer.filled_mut()[before..]);
        polled
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Lines<S> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.inner).poll_write(context, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.inner).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.inner).poll_shutdown(context)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.inner).poll_write_vectored(context, bytes)
    }

    fn is_write_vectored(&self) -> bool {
        self.inner.is_write_vectored()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn looked_at(parts: &[&str]) -> String {
        let mut lines = Lines::new(());
        let look = |part: &&str| {
            let mut bytes = part.as_bytes().to_vec();
            lines.look(&mut bytes);
            String::from_utf8(bytes).unwrap()
        };
        parts.iter().map(look).collect()
    }

    #[test]
    fn only_request_lines_lose_their_marks() {
        assert_eq!(
            looked_at(&["GET /a#b HTTP/1.1\r\nX: #\r\n\r\nGET /#", " HTTP/1.1\r\n"]),
            "GET /a\0b HTTP/1.1\r\nX: #\r\n\r\nGET /\0 HTTP/1.1\r\n"
        );
        assert_eq!(looked_at(&["\r\nGET /#"]), "\r\nGET /\0");
        assert_eq!(
            looked_at(&["GET / HTTP/1.1\r", "\nX: #\r", "\n\r", "\nGET #"]),
            "GET / HTTP/1.1\r\nX: #\r\n\r\nGET \0"
        );
    }
}
