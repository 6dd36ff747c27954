//! No input makes the program panic: the demo's own files, damaged at random, are built in memory.
//! `DAMAGE=5000 cargo test --test suite damage` tries as many.

use super::harness::Site;

/// Pieces that break things: odd characters, other types, half-closed syntax, huge numbers, hostile
/// names.
const PIECES: &[&str] = &[
    "",
    "\"",
    "'",
    "[",
    "]",
    "{",
    "}",
    "[[",
    "]]",
    "=",
    "#",
    "\n",
    "\n\n",
    "0",
    "-1",
    "1e999",
    "99999999999999999999",
    "2026-02-30",
    "true",
    "null",
    "\"\"",
    "[]",
    "{}",
    "..",
    "/",
    "//",
    "\\",
    "%2e",
    "\u{0}",
    "\u{FEFF}",
    "\u{202E}",
    "é",
    "e\u{301}",
    "<script>",
    "</script>",
    "<!--",
    "javascript:x",
    "{{<",
    ">}}",
    "{{",
    "}}",
    "{%",
    "%}",
    "- [x] \\\n  -",
    ">>>>",
    "|",
    "[^1]",
    "+++",
    "---",
    "id = \"junior\"\n",
    "next = [\"junior\"]\n",
    "parent = \"senior\"\n",
    "con",
    "nul",
    "a b",
    "skills = [1]\n",
    "salary = {}\n",
    "[extra]\n",
    "[[levels]]\n",
    "[[titles]]\n",
    "title = 1\n",
    "date = 9999-12-31\n",
    "as_of = \"0000\"\n",
    "area = \"ZZ\"\n",
];

/// Numbers that look random and are the same in every run (xorshift).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).unwrap() % limit.max(1)
    }
}

/// Damages a text: takes a stretch away, puts a piece in, doubles a line, or cuts it off.
fn damage(text: &str, numbers: &mut Numbers) -> String {
    let boundary = |at: usize| {
        (0..=at)
            .rev()
            .find(|at| text.is_char_boundary(*at))
            .unwrap_or(0)
    };
    let at = boundary(numbers.below(text.len() + 1));
    let end = boundary((at + numbers.below(40)).min(text.len())).max(at);
    let piece = PIECES[numbers.below(PIECES.len())];
    match numbers.below(5) {
        0 => format!("{}{}", &text[..at], &text[end..]),
        1 => format!("{}{piece}{}", &text[..at], &text[end..]),
        2 => format!("{}{piece}{}", &text[..at], &text[at..]),
        3 => text[..at].to_owned(),
        _ => {
            let lines: Vec<&str> = text.lines().collect();
            let line = numbers.below(lines.len().max(1));
            lines
                .iter()
                .enumerate()
                .flat_map(|(index, text)| {
                    std::iter::repeat_n(*text, if index == line { 2 } else { 1 })
                })
                .collect::<Vec<_>>()
                .join("\n")
        }
    }
}

/// A small site with a file of every kind.
fn files() -> Vec<(String, String)> {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let names = [
        "site.toml",
        "content/skills.toml",
        "content/sources.toml",
        "content/categories.toml",
        "content/areas.toml",
        "content/authors.toml",
        "content/_index.md",
        "content/articles/_index.md",
        "content/articles/how-to-read-a-salary-band.md",
        "themes/default/templates/page.html",
        "themes/default/templates/ladder.html",
        "themes/default/templates/components/figures.html",
        "themes/default/i18n/en.toml",
        "themes/default/theme.toml",
        "themes/default/static/css/main.css",
        "content/articles/salary-percentiles.svg",
        "content/frameworks/engineering/framework.toml",
        "content/roles/platform-engineer/role.toml",
        "content/roles/backend-developer/role.toml",
        "content/roles/backend-developer/positions.toml",
        "content/roles/backend-developer/salary.csv",
        "content/roles/backend-developer/ladder.md",
    ];
    names
        .iter()
        .map(|name| {
            (
                (*name).to_owned(),
                std::fs::read_to_string(root.join(name)).unwrap(),
            )
        })
        .collect()
}

#[test]
fn damaged_files_end_as_messages() {
    let count = std::env::var("DAMAGE")
        .ok()
        .and_then(|count| count.parse().ok())
        .unwrap_or(40);
    let whole = files();
    let mut numbers = Numbers(0x2026_1123);
    for round in 0..count {
        let mut site = Site::from("");
        for (name, text) in &whole {
            site.edit(name, text);
        }
        let mut damaged = vec![];
        for _ in 0..=numbers.below(3) {
            let (name, text) = &whole[numbers.below(whole.len())];
            let text = damage(text, &mut numbers);
            site.edit(name, &text);
            damaged.push((name, text));
        }
        let built = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| site.build_once()));
        if built.is_err() {
            for (name, text) in damaged {
                std::fs::write(std::env::temp_dir().join(name.replace('/', "-")), text).unwrap();
            }
            panic!("round {round} panicked; its files are in the temporary folder");
        }
    }
}
