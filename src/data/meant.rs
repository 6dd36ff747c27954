//! The words that people write for values: one that its key does not take comes in, and the one that
//! it stands for goes out, as files write it. Only the help of messages uses this: nothing here
//! decides what a file says. (Long, because it is tables.)

use super::country::COUNTRIES;
use super::link::is_safe_url;

/// Writes a text as TOML and YAML do, in quotes.
pub fn quoted(text: &str) -> String {
    match (text.contains(['"', '\\']), text.contains('\'')) {
        (true, false) => format!("'{text}'"),
        _ => format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"")),
    }
}

/// Reads `yes`, `On` and `FALSE` as `true` or `false`.
pub fn truth(text: &str) -> Option<bool> {
    match text.to_lowercase().as_str() {
        "yes" | "on" | "true" | "y" | "1" => Some(true),
        "no" | "off" | "false" | "n" | "0" => Some(false),
        _ => None,
    }
}

/// Words that people write for the values of keys.
const CHOICES: &[(&str, &[&str])] = &[
    ("hour", &["hourly", "per hour", "an hour", "hr", "h"]),
    ("day", &["daily", "per day", "a day"]),
    ("week", &["weekly", "per week", "a week"]),
    ("month", &["monthly", "per month", "a month", "pcm"]),
    (
        "year",
        &[
            "yearly",
            "annual",
            "annually",
            "annum",
            "per year",
            "per annum",
            "a year",
            "pa",
            "p.a.",
        ],
    ),
    ("base", &["gross", "fixed", "basic"]),
    ("total", &["ote", "package", "total compensation", "all-in"]),
    ("mean", &["average", "avg"]),
    ("median", &["p50", "50th percentile"]),
    (
        "on-site",
        &["office", "in office", "in-person", "in person"],
    ),
    (
        "remote",
        &["home", "home office", "wfh", "work from home", "anywhere"],
    ),
    ("full-time", &["permanent", "full"]),
    ("part-time", &["part"]),
    ("contract", &["contractor", "freelance", "freelancer"]),
    ("temporary", &["temp", "seasonal"]),
    ("intern", &["internship", "trainee"]),
    ("secondary", &["high school", "school", "highschool", "ged"]),
    (
        "associate",
        &["associate's", "aa", "as", "associate degree"],
    ),
    (
        "bachelor",
        &[
            "bachelor's",
            "bachelors",
            "ba",
            "bs",
            "bsc",
            "b.sc.",
            "bachelor degree",
            "bachelor's degree",
            "undergraduate",
        ],
    ),
    (
        "master",
        &[
            "master's",
            "masters",
            "ma",
            "ms",
            "msc",
            "m.sc.",
            "mba",
            "master degree",
            "master's degree",
        ],
    ),
    ("doctorate", &["phd", "ph.d.", "dr", "doctor", "doctoral"]),
    (
        "essential",
        &["required", "mandatory", "must", "must-have", "needed"],
    ),
    (
        "optional",
        &[
            "preferred",
            "nice-to-have",
            "nice to have",
            "bonus",
            "desirable",
        ],
    ),
    (
        "entry",
        &[
            "junior",
            "graduate",
            "trainee",
            "entry level",
            "entry-level",
        ],
    ),
    ("mid", &["intermediate", "middle", "mid-level", "medior"]),
    ("lead", &["principal", "staff"]),
    ("vp", &["vice president"]),
    ("executive", &["c-level", "chief", "cxo"]),
    ("next", &["up", "promotion"]),
    ("previous", &["down", "before"]),
    ("similar", &["related"]),
    ("alternate", &["alternative", "alias", "synonym"]),
    ("own", &["editors", "self", "internal", "estimate"]),
    ("statistics", &["statistic", "government", "official"]),
    ("warn", &["warning", "true"]),
    ("deny", &["error", "fail"]),
    ("allow", &["ignore", "off", "none", "false"]),
];

/// Returns the value among these that a word stands for.
pub fn choice<'a>(word: &str, values: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word = word.trim().to_lowercase();
    values.into_iter().find(|value| {
        CHOICES
            .iter()
            .any(|(known, words)| known == value && words.contains(&word.as_str()))
    })
}

/// Names and signs of currencies, with the one that is most often meant.
const CURRENCIES: &[(&str, &[&str])] = &[
    (
        "USD",
        &[
            "$",
            "us$",
            "$us",
            "dollar",
            "dollars",
            "us dollar",
            "us dollars",
            "u.s. dollar",
            "u.s. dollars",
            "buck",
            "bucks",
        ],
    ),
    ("EUR", &["€", "euro", "euros"]),
    (
        "GBP",
        &[
            "£",
            "pound",
            "pounds",
            "sterling",
            "pound sterling",
            "pounds sterling",
            "british pound",
            "british pounds",
            "ukp",
        ],
    ),
    ("JPY", &["¥", "yen", "japanese yen", "円"]),
    ("CNY", &["yuan", "renminbi", "rmb", "元"]),
    (
        "INR",
        &[
            "₹",
            "rupee",
            "rupees",
            "rs",
            "rs.",
            "indian rupee",
            "indian rupees",
        ],
    ),
    (
        "CHF",
        &[
            "franc",
            "francs",
            "swiss franc",
            "swiss francs",
            "sfr",
            "fr.",
        ],
    ),
    (
        "CAD",
        &["c$", "ca$", "can$", "canadian dollar", "canadian dollars"],
    ),
    (
        "AUD",
        &["a$", "au$", "australian dollar", "australian dollars"],
    ),
    ("NZD", &["nz$", "new zealand dollar", "new zealand dollars"]),
    ("SEK", &["swedish krona", "swedish kronor"]),
    ("NOK", &["norwegian krone", "norwegian kroner"]),
    ("DKK", &["danish krone", "danish kroner"]),
    ("PLN", &["zł", "zloty", "złoty"]),
    ("BRL", &["r$", "real", "reais"]),
    ("KRW", &["₩", "won"]),
    ("TRY", &["₺", "lira"]),
    ("UAH", &["₴", "hryvnia"]),
    ("ILS", &["₪", "shekel", "shekels"]),
    ("ZAR", &["rand"]),
    ("MXN", &["mx$", "mexican peso", "mexican pesos"]),
];

/// Returns the code of the currency that a name or sign stands for.
pub fn currency(text: &str) -> Option<&'static str> {
    let name = text.trim().to_lowercase();
    CURRENCIES
        .iter()
        .find(|(_, names)| names.contains(&name.as_str()))
        .map(|(code, _)| *code)
}

/// Other names of countries.
const COUNTRY_NAMES: &[(&str, &[&str])] = &[
    (
        "US",
        &[
            "usa",
            "u.s.",
            "u.s.a.",
            "united states of america",
            "america",
            "the united states",
            "the us",
            "the usa",
        ],
    ),
    (
        "GB",
        &[
            "gbr",
            "uk",
            "u.k.",
            "great britain",
            "britain",
            "england",
            "scotland",
            "wales",
            "northern ireland",
            "the uk",
        ],
    ),
    ("DE", &["deu", "ger", "deutschland"]),
    ("AT", &["aut", "österreich"]),
    ("CH", &["che", "schweiz", "suisse", "svizzera"]),
    ("CA", &["can"]),
    ("AU", &["aus"]),
    ("NZ", &["nzl"]),
    ("FR", &["fra"]),
    ("ES", &["esp", "españa"]),
    ("IT", &["ita", "italia"]),
    ("NL", &["nld", "holland", "the netherlands"]),
    ("BE", &["bel"]),
    ("IE", &["irl", "republic of ireland"]),
    ("IN", &["ind"]),
    ("JP", &["jpn"]),
    ("CN", &["chn"]),
    ("BR", &["bra", "brasil"]),
    ("MX", &["mex", "méxico"]),
    ("PL", &["pol", "polska"]),
    ("SE", &["swe", "sverige"]),
    ("NO", &["nor", "norge"]),
    ("DK", &["dnk", "danmark"]),
    ("FI", &["fin", "suomi"]),
    ("CZ", &["cze", "czech republic"]),
    ("KR", &["kor", "korea", "republic of korea"]),
    ("ZA", &["zaf"]),
    ("SG", &["sgp"]),
    ("PT", &["prt"]),
    ("TR", &["tur", "turkey"]),
    ("RU", &["rus", "russian federation"]),
];

/// Returns the code of a country that is written as a name, with three letters, or in small letters.
pub fn country(text: &str) -> Option<&'static str> {
    let name = text.trim().to_lowercase();
    let other = || {
        COUNTRY_NAMES
            .iter()
            .find(|(_, names)| names.contains(&name.as_str()))
            .map(|(code, _)| *code)
    };
    let listed = COUNTRIES
        .iter()
        .find(|(code, known)| code.to_lowercase() == name || known.to_lowercase() == name);
    listed.map(|(code, _)| *code).or_else(other)
}

/// Names of languages, in English and in the language itself.
const LANGUAGES: &[(&str, &[&str])] = &[
    ("en", &["english", "eng"]),
    ("de", &["german", "deutsch", "deu", "ger"]),
    ("fr", &["french", "français", "fra"]),
    ("es", &["spanish", "español", "spa"]),
    ("it", &["italian", "italiano", "ita"]),
    ("pt", &["portuguese", "português", "por"]),
    ("nl", &["dutch", "nederlands"]),
    ("pl", &["polish", "polski"]),
    ("sv", &["swedish", "svenska"]),
    ("da", &["danish", "dansk"]),
    ("nb", &["norwegian", "norsk"]),
    ("fi", &["finnish", "suomi"]),
    ("cs", &["czech", "čeština"]),
    ("tr", &["turkish", "türkçe"]),
    ("ru", &["russian", "русский"]),
    ("uk", &["ukrainian", "українська"]),
    ("ja", &["japanese", "日本語"]),
    ("zh", &["chinese", "中文"]),
    ("ko", &["korean", "한국어"]),
    ("hi", &["hindi", "हिन्दी"]),
    ("ar", &["arabic", "العربية"]),
    ("he", &["hebrew", "עברית"]),
];

/// Returns the tag of a language that is written as a name, or with `_`.
pub fn language(text: &str) -> Option<String> {
    let name = text.trim().to_lowercase();
    let named = LANGUAGES
        .iter()
        .find(|(_, names)| names.contains(&name.as_str()))
        .map(|(tag, _)| (*tag).to_owned());
    // `en_US.UTF-8` is how systems write it.
    let with_hyphen =
        || Some(text.trim().split('.').next()?.replace('_', "-")).filter(|tag| tag != text);
    named.or_else(with_hyphen)
}

/// Ends of hosts that are no ends of file names.
const HOSTS: [&str; 30] = [
    "com", "org", "net", "gov", "edu", "mil", "int", "info", "io", "co", "ai", "app", "dev", "uk",
    "us", "ca", "au", "nz", "eu", "de", "at", "ch", "fr", "es", "it", "nl", "be", "se", "jobs",
    "careers",
];

/// Returns the URL that an address without a scheme, or with one that is misspelt, stands for.
pub fn url(text: &str) -> Option<String> {
    let text = text.trim().trim_matches(['<', '>']);
    let (scheme, rest) = text.split_once(':').unwrap_or(("", text));
    let is_web = matches!(
        scheme.to_ascii_lowercase().as_str(),
        "http"
            | "https"
            | "htp"
            | "htps"
            | "htttp"
            | "htttps"
            | "hhttps"
            | "ttp"
            | "ttps"
            | "https "
            | "http "
    );
    let made = if is_web && !rest.is_empty() {
        let secure = if scheme.trim().ends_with(['s', 'S']) {
            "https"
        } else {
            "http"
        };
        format!("{secure}://{}", rest.trim().trim_start_matches(['/', '\\']))
    } else if let Some(rest) = ["https//", "http//", "https;//", "http;//", "//"]
        .iter()
        .find_map(|start| text.strip_prefix(start))
    {
        format!("https://{rest}")
    } else if is_email(text) {
        format!("mailto:{text}")
    } else if text.starts_with("www.") || is_host(text) {
        format!("https://{text}")
    } else {
        return None;
    };
    Some(made.replace(' ', "%20")).filter(|url| is_safe_url(url))
}

fn is_email(text: &str) -> bool {
    let is_name = |name: &str| {
        !name.is_empty()
            && name
                .chars()
                .all(|c| c.is_alphanumeric() || matches!(c, '.' | '-' | '_' | '+'))
    };
    text.split_once('@')
        .is_some_and(|(name, host)| is_name(name) && is_name(host) && host.contains('.'))
}

fn is_host(text: &str) -> bool {
    let host = text.split(['/', '?', '#', ':']).next().unwrap_or_default();
    let is_label = |label: &str| {
        !label.is_empty() && label.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
    };
    host.rsplit_once('.').is_some_and(|(name, end)| {
        HOSTS.contains(&end.to_ascii_lowercase().as_str()) && name.split('.').all(is_label)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_get_their_scheme() {
        for (written, meant) in [
            ("www.bls.gov/oes", "https://www.bls.gov/oes"),
            ("bls.gov", "https://bls.gov"),
            ("me@x.com", "mailto:me@x.com"),
            ("htps://a.com", "https://a.com"),
            ("http:/a.com", "http://a.com"),
            ("//a.com/x", "https://a.com/x"),
            ("https//a.com", "https://a.com"),
            ("https://a.com/a b", "https://a.com/a%20b"),
        ] {
            assert_eq!(url(written).as_deref(), Some(meant), "{written}");
        }
        for nothing in [
            "about.md",
            "about",
            "../x.pdf",
            "javascript:x",
            "/about/",
            "a b.com",
            "notes.txt",
            "C:\\x",
        ] {
            assert!(url(nothing).is_none(), "{nothing}: {:?}", url(nothing));
        }
    }
}
