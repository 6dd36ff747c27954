//! Plural forms: a number comes in, the form that it takes in a language goes out (CLDR 47, cardinal rules).
//! Languages without a rule here follow the one of English: `one` for 1, `other` for all else.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

/// A plural form of CLDR.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Category {
    Zero,
    One,
    Two,
    Few,
    Many,
    Other,
}

impl Category {
    /// All forms.
    pub const ALL: [Self; 6] = [Self::Zero, Self::One, Self::Two, Self::Few, Self::Many, Self::Other];

    /// The form's name, as it is written in strings and templates.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Zero => "zero",
            Self::One => "one",
            Self::Two => "two",
            Self::Few => "few",
            Self::Many => "many",
            Self::Other => "other",
        }
    }

    /// The form of a name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|category| category.as_str() == name)
    }
}

/// The parts of a number that rules ask about. Zeros at the end of a fraction do not count: 1.0 is 1.
struct Operands {
    /// The whole part.
    i: u128,
    /// Whether there is no fraction.
    whole: bool,
    /// The fraction's digits as a number.
    f: u128,
}

/// The form that a count takes.
pub fn category(language: &str, region: &str, count: Decimal) -> Category {
    use Category::*;
    let Operands { i, whole, f } = Operands::of(count);
    let (ten, hundred) = (i % 10, i % 100);
    let millions = whole && i != 0 && i % 1_000_000 == 0;
    match language {
        "ja" | "zh" | "ko" | "vi" | "th" | "id" | "ms" | "lo" | "my" | "yue" => Other,
        "fr" if i <= 1 => One,
        "pt" if region != "PT" && i <= 1 => One,
        "hy" | "ff" | "kab" if i <= 1 => One,
        "es" | "it" | "ca" | "pt" if whole && i == 1 => One,
        "fr" | "es" | "it" | "ca" | "pt" if millions => Many,
        "hi" | "bn" | "fa" | "gu" | "kn" | "mr" | "am" | "zu" if i == 0 || (whole && i == 1) => One,
        "da" if i == 1 || (i == 0 && !whole) => One,
        "pl" => match (whole, i) {
            (true, 1) => One,
            (true, _) if (2..=4).contains(&ten) && !(12..=14).contains(&hundred) => Few,
            (true, _) => Many,
            _ => Other,
        },
        "ru" | "uk" | "be" => match whole {
            true if ten == 1 && hundred != 11 => One,
            true if (2..=4).contains(&ten) && !(12..=14).contains(&hundred) => Few,
            true => Many,
            false => Other,
        },
        "cs" | "sk" => match (whole, i) {
            (true, 1) => One,
            (true, 2..=4) => Few,
            (false, _) => Many,
            _ => Other,
        },
        "hr" | "sr" | "bs" | "sh" => {
            let one = |n: u128| n % 10 == 1 && n % 100 != 11;
            let few = |n: u128| (2..=4).contains(&(n % 10)) && !(12..=14).contains(&(n % 100));
            let n = if whole { i } else { f };
            if one(n) {
                One
            } else if few(n) {
                Few
            } else {
                Other
            }
        }
        "sl" => match (whole, hundred) {
            (true, 1) => One,
            (true, 2) => Two,
            (true, 3 | 4) | (false, _) => Few,
            _ => Other,
        },
        "lt" => match whole {
            false => Many,
            true if ten == 1 && !(11..=19).contains(&hundred) => One,
            true if (2..=9).contains(&ten) && !(11..=19).contains(&hundred) => Few,
            true => Other,
        },
        "lv" => match whole {
            true if ten == 0 || (11..=19).contains(&hundred) => Zero,
            true if ten == 1 && hundred != 11 => One,
            false if f % 10 == 1 && f % 100 != 11 => One,
            _ => Other,
        },
        "ro" => match (whole, i) {
            (true, 1) => One,
            (false, _) | (true, 0) => Few,
            (true, _) if (1..=19).contains(&hundred) => Few,
            _ => Other,
        },
        "ar" if whole => match (i, hundred) {
            (0, _) => Zero,
            (1, _) => One,
            (2, _) => Two,
            (_, 3..=10) => Few,
            (_, 11..=99) => Many,
            _ => Other,
        },
        "he" | "iw" => match (whole, i) {
            (true, 1) | (false, 0) => One,
            (true, 2) => Two,
            _ => Other,
        },
        "cy" if whole => match i {
            0 => Zero,
            1 => One,
            2 => Two,
            3 => Few,
            6 => Many,
            _ => Other,
        },
        _ if whole && i == 1 => One,
        _ => Other,
    }
}

impl Operands {
    fn of(count: Decimal) -> Self {
        let count = count.abs().normalize();
        let f = count.fract().mantissa().unsigned_abs();
        Self { i: count.trunc().to_u128().unwrap_or(u128::MAX), whole: count.fract().is_zero(), f }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Samples as CLDR lists them: numbers and the form that each takes.
    fn check(language: &str, samples: &str) {
        for sample in samples.split_whitespace() {
            let (numbers, form) = sample.split_once('=').unwrap();
            for number in numbers.split(',') {
                let found = category(language, "", Decimal::from_str_exact(number).unwrap());
                assert_eq!(found.as_str(), form, "{language} {number}");
            }
        }
    }

    #[test]
    fn forms_are_those_of_cldr() {
        check("en", "1=one 0,2,11,101,1.5,0.1=other");
        check("de", "1=one 0,2,21=other");
        check("fr", "0,1,1.5=one 2,2.5,17=other 1000000=many");
        check("es", "1=one 0,2,1.5=other 1000000=many");
        check("pt", "0,1,1.5=one 2=other");
        check("da", "1,0.1,1.6=one 0,2,3.4=other");
        check("pl", "1=one 2,3,4,22,102=few 0,5,12,14,111,112=many 1.5=other");
        check("ru", "1,21,101=one 2,4,23=few 0,5,11,12,111=many 1.5=other");
        check("cs", "1=one 2,4=few 1.5=many 0,5,100=other");
        check("hr", "1,21,0.1=one 2,22,1.2=few 0,5,11,12,1.5=other");
        check("sl", "1,101=one 2,202=two 3,104,1.5=few 0,5=other");
        check("lt", "1,21=one 2,9,22=few 0.1=many 0,10,11,30=other");
        check("lv", "0,10,11,20=zero 1,21,0.1=one 2,22,1.5=other");
        check("ro", "1=one 0,2,19,101,1.5=few 20,100=other");
        check("ar", "0=zero 1=one 2=two 3,10,103=few 11,99,111=many 100,101,1.5=other");
        check("he", "1,0.5=one 2=two 0,3,17,1.5=other");
        check("ja", "0,1,2=other");
        check("tlh", "1=one 2=other");
    }

    #[test]
    fn portuguese_differs_by_country() {
        assert_eq!(category("pt", "PT", Decimal::ZERO), Category::Other);
        assert_eq!(category("pt", "BR", Decimal::ZERO), Category::One);
    }
}
