//! Feet and inches: a quote behind a digit that closes nothing becomes a prime. Other quotes stay
//! as the parser set them, but in a block with inches, where it took those for quotes.

use pulldown_cmark::{Event, TagEnd};

use super::parse::Spanned;

/// A quote that the parser made round: its index among the events, and its place in the text.
type Quote = (usize, usize);

/// Sets primes in events that were read with smart punctuation.
pub(super) fn set_primes(text: &str, events: &mut [Spanned<'_>]) {
    let mut quotes: Vec<Quote> = vec![];
    for index in 0..events.len() {
        match &events[index] {
            (Event::Text(shown), span)
                if matches!(shown.as_ref(), "“" | "”" | "‘" | "’") && span.len() == 1 =>
            {
                quotes.push((index, span.start));
            }
            (Event::Start(tag), _) if !is_inline(&tag.to_end()) => {
                set(text, events, std::mem::take(&mut quotes));
            }
            (Event::End(tag), _) if !is_inline(tag) => {
                set(text, events, std::mem::take(&mut quotes));
            }
            _ => {}
        }
    }
    set(text, events, quotes);
}

fn is_inline(tag: &TagEnd) -> bool {
    matches!(
        tag,
        TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link | TagEnd::Image
    )
}

/// Sets those of one block.
fn set(text: &str, events: &mut [Spanned<'_>], quotes: Vec<Quote>) {
    // Most blocks have no quote behind a digit.
    if !quotes.iter().any(|(_, at)| is_behind_digit(text, *at)) {
        return;
    }
    let (single, double): (Vec<Quote>, Vec<Quote>) = quotes
        .into_iter()
        .partition(|(_, at)| text.as_bytes().get(*at) == Some(&b'\''));
    set_feet(text, events, &single);
    set_inches(text, events, &double);
}

fn set_feet(text: &str, events: &mut [Spanned<'_>], quotes: &[Quote]) {
    let mut open = false;
    for (index, at) in quotes {
        let after = &text[at + 1..];
        let inches = after.trim_start_matches(|c: char| c.is_numeric() || c == '.');
        let has_inches = inches.len() < after.len() && inches.starts_with('"');
        let ends = !after.starts_with(char::is_alphanumeric);
        if is_behind_digit(text, *at) && (has_inches || (ends && !open)) {
            events[*index].0 = Event::Text("′".into());
            continue;
        }
        open = matches!(&events[*index].0, Event::Text(shown) if shown.as_ref() == "‘");
    }
}

fn set_inches(text: &str, events: &mut [Spanned<'_>], quotes: &[Quote]) {
    let closes = |at: usize| {
        text[..at]
            .chars()
            .next_back()
            .is_some_and(|c| !c.is_whitespace() && !matches!(c, '(' | '[' | '—' | '–'))
    };
    if !quotes.iter().any(|(_, at)| is_behind_digit(text, *at)) {
        return;
    }
    let mut open = false;
    for (number, (index, at)) in quotes.iter().enumerate() {
        // In quotes, the last one behind a digit closes them: “a 10″ pipe”, “room 10” and “room
        // 11”.
        let closed_later = quotes
            .get(number + 1)
            .is_some_and(|(_, next)| closes(*next));
        let shown = match (is_behind_digit(text, *at), open) {
            (true, false) => "″",
            (true, true) if closed_later => "″",
            (_, true) if closes(*at) => "”",
            _ => "“",
        };
        open = match shown {
            "″" => open,
            shown => shown == "“",
        };
        events[*index].0 = Event::Text(shown.into());
    }
}

fn is_behind_digit(text: &str, at: usize) -> bool {
    text[..at].chars().next_back().is_some_and(char::is_numeric)
}

#[cfg(test)]
mod tests {
    use super::super::parse::{Base, flags, parse, plain};
    use crate::path::SourcePath;

    #[test]
    fn feet_and_inches_are_primes_and_quotes_stay_quotes() {
        for (written, shown) in [
            ("10\" wide and 5'10\" tall", "10″ wide and 5′10″ tall"),
            ("a 10\" pipe", "a 10″ pipe"),
            ("6' tall, 5' 7½\" wide", "6′ tall, 5′ 7½″ wide"),
            ("\"room 10\" and \"room 11\"", "“room 10” and “room 11”"),
            ("the \"a 10\" pipe\" of", "the “a 10″ pipe” of"),
            ("(5'10\")", "(5′10″)"),
            ("1'000, the 1980s' end", "1’000, the 1980s’ end"),
            ("the 'class of 95'", "the ‘class of 95’"),
            ("**12\"** and \"a\"", "12″ and “a”"),
            ("\"He is 10.\" \"No, 11\"", "“He is 10.” “No, 11”"),
        ] {
            let path = SourcePath::new("a").unwrap();
            let base = Base {
                path: &path,
                offset: 0,
            };
            let text = |flags| plain(&parse(base, written, flags).ok().unwrap().events);
            assert_eq!(text(flags(true)), shown);
            assert_eq!(text(flags(false)), written.replace("**", ""));
        }
    }
}
