//! The territory of a language: its code comes in, the territory where most of its readers live goes
//! out (CLDR 47, likely subtags).

/// Returns the territory that a language's tag stands for when it names none.
pub fn of(language: &str) -> Option<&'static str> {
    TERRITORIES
        .iter()
        .find(|(known, _)| *known == language)
        .map(|(_, territory)| *territory)
}

#[rustfmt::skip]
const TERRITORIES: &[(&str, &str)] = &[
    ("af", "ZA"), ("ar", "EG"), ("az", "AZ"), ("be", "BY"), ("bg", "BG"), ("bn", "BD"), ("bs", "BA"), ("ca", "ES"), ("cs", "CZ"), ("cy", "GB"),
    ("da", "DK"), ("de", "DE"), ("el", "GR"), ("en", "US"), ("es", "ES"), ("et", "EE"), ("eu", "ES"), ("fa", "IR"), ("fi", "FI"), ("fr", "FR"),
    ("ga", "IE"), ("gl", "ES"), ("gu", "IN"), ("he", "IL"), ("hi", "IN"), ("hr", "HR"), ("hu", "HU"), ("hy", "AM"), ("id", "ID"), ("is", "IS"),
    ("it", "IT"), ("ja", "JP"), ("ka", "GE"), ("kk", "KZ"), ("ko", "KR"), ("ku", "TR"), ("lt", "LT"), ("lv", "LV"), ("mk", "MK"), ("mr", "IN"),
    ("ms", "MY"), ("nb", "NO"), ("nl", "NL"), ("nn", "NO"), ("no", "NO"), ("pl", "PL"), ("ps", "AF"), ("pt", "BR"), ("ro", "RO"), ("ru", "RU"),
    ("sk", "SK"), ("sl", "SI"), ("sq", "AL"), ("sr", "RS"), ("sv", "SE"), ("sw", "TZ"), ("ta", "IN"), ("te", "IN"), ("th", "TH"), ("tr", "TR"),
    ("uk", "UA"), ("ur", "PK"), ("uz", "UZ"), ("vi", "VN"), ("zh", "CN"),
];
