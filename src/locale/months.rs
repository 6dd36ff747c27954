//! The names of months and the patterns of dates of the languages that are built in (CLDR 47): a
//! language comes in, its words go out. Writing dates is the part of `date.rs`.

/// What a language calls the months, each list as one text with spaces between the names.
pub struct Words {
    /// As they stand beside a day.
    pub months: &'static str,
    /// As they stand beside a day where there is little room.
    pub short: &'static str,
    pub patterns: Patterns,
}

/// How a language puts dates together.
pub struct Patterns {
    pub day: &'static str,
    pub month: &'static str,
    /// A day where there is little room.
    pub short: &'static str,
}

/// Polish names of months that stand alone with a year.
pub const POLISH_ALONE: &str = "styczeń luty marzec kwiecień maj czerwiec lipiec sierpień wrzesień październik listopad grudzień";

/// Returns the words of a language; `None` for one that is not built in. (Long, because it is a
/// table.)
#[rustfmt::skip]
pub fn words(language: &str, region: &str) -> Option<Words> {
    Some(match language {
        "en" => Words {
            months: "January February March April May June July August September October November December",
            short: "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec",
            patterns: english_patterns(region),
        },
        "de" if region == "AT" => Words {
            months: "Jänner Februar März April Mai Juni Juli August September Oktober November Dezember",
            short: "Jän. Feb. März Apr. Mai Juni Juli Aug. Sept. Okt. Nov. Dez.",
            patterns: Patterns { day: "%-d. %B %Y", month: "%B %Y", short: "%d.%m.%Y" },
        },
        "de" => Words {
            months: "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
            short: "Jan. Feb. März Apr. Mai Juni Juli Aug. Sept. Okt. Nov. Dez.",
            patterns: Patterns { day: "%-d. %B %Y", month: "%B %Y", short: "%d.%m.%Y" },
        },
        "fr" => Words {
            months: "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
            short: "janv. févr. mars avr. mai juin juil. août sept. oct. nov. déc.",
            patterns: Patterns { day: "%-d %B %Y", month: "%B %Y", short: "%-d %b %Y" },
        },
        "es" => Words {
            months: "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
            short: "ene feb mar abr may jun jul ago sept oct nov dic",
            patterns: Patterns { day: "%-d de %B de %Y", month: "%B de %Y", short: "%-d %b %Y" },
        },
        "it" => Words {
            months: "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
            short: "gen feb mar apr mag giu lug ago set ott nov dic",
            patterns: Patterns { day: "%-d %B %Y", month: "%B %Y", short: "%-d %b %Y" },
        },
        "pt" => Words {
            months: "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
            short: "jan. fev. mar. abr. mai. jun. jul. ago. set. out. nov. dez.",
            patterns: Patterns { day: "%-d de %B de %Y", month: "%B de %Y", short: "%d/%m/%Y" },
        },
        "nl" => Words {
            months: "januari februari maart april mei juni juli augustus september oktober november december",
            short: "jan feb mrt apr mei jun jul aug sep okt nov dec",
            patterns: Patterns { day: "%-d %B %Y", month: "%B %Y", short: "%-d %b %Y" },
        },
        "sv" => Words {
            months: "januari februari mars april maj juni juli augusti september oktober november december",
            short: "jan. feb. mars apr. maj juni juli aug. sep. okt. nov. dec.",
            patterns: Patterns { day: "%-d %B %Y", month: "%B %Y", short: "%-d %b %Y" },
        },
        "da" => Words {
            months: "januar februar marts april maj juni juli august september oktober november december",
            short: "jan. feb. mar. apr. maj jun. jul. aug. sep. okt. nov. dec.",
            patterns: Patterns { day: "%-d. %B %Y", month: "%B %Y", short: "%-d. %b %Y" },
        },
        "nb" | "nn" | "no" => Words {
            months: "januar februar mars april mai juni juli august september oktober november desember",
            short: "jan. feb. mars apr. mai juni juli aug. sep. okt. nov. des.",
            patterns: Patterns { day: "%-d. %B %Y", month: "%B %Y", short: "%-d. %b %Y" },
        },
        "pl" => Words {
            months: "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia",
            short: "sty lut mar kwi maj cze lip sie wrz paź lis gru",
            patterns: Patterns { day: "%-d %B %Y", month: "%B %Y", short: "%-d %b %Y" },
        },
        _ => return None,
    })
}

fn english_patterns(region: &str) -> Patterns {
    let month = "%B %Y";
    match region {
        "" | "US" | "CA" | "PH" | "PR" => Patterns {
            day: "%B %-d, %Y",
            month,
            short: "%b %-d, %Y",
        },
        _ => Patterns {
            day: "%-d %B %Y",
            month,
            short: "%-d %b %Y",
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_year_has_twelve_months() {
        let count = |names: &str| names.split(' ').filter(|name| !name.is_empty()).count();
        for language in "en de fr es it pt nl sv da nb nn no pl".split(' ') {
            for region in ["", "AT", "GB"] {
                let Words { months, short, .. } = words(language, region).unwrap();
                assert_eq!(
                    (count(months), count(short)),
                    (12, 12),
                    "{language}-{region}"
                );
            }
        }
        assert_eq!(count(POLISH_ALONE), 12);
    }
}
