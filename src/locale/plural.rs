//! Plural forms: a number comes in, the form that it takes in a language goes out. The rules are
//! those of CLDR (cardinal numbers), as `icu_plurals` has them.

use std::sync::Arc;

use fixed_decimal::UnsignedDecimal;
use icu_locale_core::LanguageIdentifier;
use icu_locale_core::subtags::{Language, Region};
use icu_plurals::{PluralCategory, PluralOperands, PluralRules};
use rust_decimal::Decimal;

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
    /// All forms, in the order of CLDR.
    pub const ALL: [Self; 6] = [
        Self::Zero,
        Self::One,
        Self::Two,
        Self::Few,
        Self::Many,
        Self::Other,
    ];

    /// Returns the form's name, as it is written in strings and templates.
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

    /// Returns the form of a name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|category| category.as_str() == name)
    }
}

/// The rules of one language.
#[derive(Clone, Debug)]
pub struct Rules(Arc<PluralRules>);

impl Rules {
    /// Returns the rules of a language. The region counts where CLDR says so (`pt-PT`), the script
    /// never does. `None` only if the data that is compiled in lacks the root of all languages.
    pub fn of(language: &str, region: &str) -> Option<Self> {
        let known = PluralRules::try_new_cardinal((&identifier(language, region)).into()).ok()?;
        let has_one_form = known.categories().eq([PluralCategory::Other]);
        if !has_one_form || ONE_FORM.contains(&current_code(language)) {
            return Some(Self(Arc::new(known)));
        }
        // CLDR's data answers alike for Japanese, which has one form, and for a language that it
        // does not know, of which most tell one from many.
        let english = PluralRules::try_new_cardinal((&identifier("en", "")).into()).ok()?;
        Some(Self(Arc::new(english)))
    }

    /// Returns the form that a number takes. Zeros at the end of a fraction do not count, since
    /// numbers are shown without them: 1.0 is shown as 1.
    pub fn category(&self, number: Decimal) -> Category {
        self.0.category_for(operands(number)).into()
    }

    /// Returns all forms that numbers take in the language; `Other` is always among them.
    pub fn categories(&self) -> impl Iterator<Item = Category> {
        self.0.categories().map(Category::from)
    }
}

impl From<PluralCategory> for Category {
    fn from(category: PluralCategory) -> Self {
        match category {
            PluralCategory::Zero => Self::Zero,
            PluralCategory::One => Self::One,
            PluralCategory::Two => Self::Two,
            PluralCategory::Few => Self::Few,
            PluralCategory::Many => Self::Many,
            PluralCategory::Other => Self::Other,
        }
    }
}

/// Languages with one form for all numbers.
const ONE_FORM: [&str; 32] = [
    "bm", "bo", "dz", "hnj", "id", "ig", "ii", "ja", "jbo", "jv", "kde", "kea", "km", "ko", "lkt",
    "lo", "ms", "my", "nqo", "osa", "sah", "ses", "sg", "su", "th", "to", "tpi", "vi", "wo", "yo",
    "yue", "zh",
];

/// Returns the code that is in use today for a code that was withdrawn (IANA language subtag
/// registry; `sh` as CLDR has it).
fn current_code(language: &str) -> &str {
    match language {
        "in" => "id",
        "iw" => "he",
        "ji" => "yi",
        "jw" => "jv",
        "mo" => "ro",
        "sh" => "sr",
        "tl" => "fil",
        current => current,
    }
}

/// Returns the tag under which CLDR has the rules; that of no language for a code that is no code.
fn identifier(language: &str, region: &str) -> LanguageIdentifier {
    LanguageIdentifier {
        language: Language::try_from_str(current_code(language)).unwrap_or(Language::UNKNOWN),
        region: Region::try_from_str(region).ok(),
        ..LanguageIdentifier::UNKNOWN
    }
}

/// Returns the parts of a number that rules ask about, of the number as readers see it.
fn operands(number: Decimal) -> PluralOperands {
    let shown = number.normalize();
    let mut digits = UnsignedDecimal::from(shown.mantissa().unsigned_abs());
    // A decimal has 28 digits behind the point at most.
    digits.multiply_pow10(-i16::try_from(shown.scale()).unwrap_or(i16::MAX));
    PluralOperands::from(&digits)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Holds numbers and the form that each takes, as CLDR lists them, against the rules, and that
    /// the language has these forms and no others.
    fn check(tag: &str, samples: &str) {
        let (language, region) = tag.split_once('-').unwrap_or((tag, ""));
        let rules = Rules::of(language, region).unwrap();
        let mut forms = vec![];
        for sample in samples.split_whitespace() {
            let (numbers, form) = sample.split_once('=').unwrap();
            for number in numbers.split(',') {
                let found = rules.category(Decimal::from_str_exact(number).unwrap());
                assert_eq!(found.as_str(), form, "{tag} {number}");
            }
            forms.push(Category::named(form).unwrap());
        }
        forms.sort();
        assert_eq!(rules.categories().collect::<Vec<_>>(), forms, "{tag}");
    }

    #[test]
    fn forms_are_those_of_cldr() {
        check("en", "1=one 0,2,11,101,1.5,0.1=other");
        check("de", "1=one 0,2,21,1.5=other");
        check(
            "fr",
            "0,1,1.5=one 1000000,2000000=many 2,2.5,17,1000001=other",
        );
        check("es", "1=one 1000000=many 0,2,1.5=other");
        check("pt", "0,1,1.5=one 1000000=many 2=other");
        check("pt-PT", "1=one 1000000=many 0,2,1.5=other");
        check("da", "1,0.1,1.6=one 0,2,3.4=other");
        check(
            "pl",
            "1=one 2,3,4,22,102=few 0,5,12,14,111,112=many 1.5=other",
        );
        check("ru", "1,21,101=one 2,4,23=few 0,5,11,12,111=many 1.5=other");
        check("cs", "1=one 2,4=few 1.5=many 0,5,100=other");
        check("hr", "1,21,0.1=one 2,22,1.2=few 0,5,11,12,1.5=other");
        check("sl", "1,101=one 2,202=two 3,104,1.5=few 0,5=other");
        check("lt", "1,21=one 2,9,22=few 0.1=many 0,10,11,30=other");
        check("lv", "0,10,11,20=zero 1,21,0.1=one 2,22,1.5=other");
        check("ro", "1=one 0,2,19,101,1.5=few 20,100=other");
        check("he", "1,0.5=one 2=two 0,3,17,1.5=other");
        check("ja", "0,1,2,1.5=other");
    }

    #[test]
    fn icelandic_and_macedonian_ask_for_the_last_digit() {
        check(
            "is",
            "1,21,101,0.1,1.1,10.1=one 0,2,11,16,111,1.2,0.11=other",
        );
        check("mk", "1,21,31,101,0.1,1.1=one 0,2,11,12,111,1.2,0.11=other");
    }

    #[test]
    fn irish_welsh_and_arabic_have_their_small_numbers() {
        check(
            "ga",
            "1=one 2=two 3,4,5,6=few 7,8,9,10=many 0,11,25,1.5=other",
        );
        check("cy", "0=zero 1=one 2=two 3=few 6=many 4,5,7,10,1.5=other");
        check(
            "ar",
            "0=zero 1=one 2=two 3,10,103=few 11,99,111=many 100,101,1.5=other",
        );
    }

    #[test]
    fn a_script_or_a_withdrawn_code_changes_no_rule() {
        let of = |tag: &str, number: &str| {
            super::super::Locale::new(tag).plural(Decimal::from_str_exact(number).unwrap())
        };
        assert_eq!(of("sr-Latn-RS", "22"), Category::Few);
        assert_eq!(of("iw", "2"), Category::Two);
        assert_eq!(of("nb-NO", "1"), Category::One);
        assert_eq!(of("de_AT", "1"), Category::One);
    }

    #[test]
    fn a_language_that_cldr_does_not_know_counts_as_english_does() {
        for unknown in ["tlh", "la", "", "english"] {
            check(unknown, "1=one 0,2,1.5=other");
        }
    }

    #[test]
    fn a_number_counts_as_it_is_shown() {
        check("en", "1.0,1.00=one 1.5,0.10=other");
        check(
            "pl",
            "1,1.0=one 2.0,22.00=few 5.0,1000000000000000000000=many 0.5=other",
        );
        check(
            "ru",
            "79228162514264337593543950331=one 4=few 5=many 0.1234567890123456789012345678=other",
        );
    }
}
