//! Random edits of a site's folder.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::thread;
use std::time::Duration;

use super::saving::{WAYS, Way};

/// Random numbers from a seed (SplitMix64).
pub struct Dice(pub u64);

impl Dice {
    pub fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((mixed ^ (mixed >> 31)) % end as u64).unwrap()
    }

    fn one<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.below(of.len())]
    }

    /// Returns a file that the site may have.
    fn file(&mut self) -> String {
        let number = self.below(8);
        match self.below(7) {
            0 | 1 => format!("content/articles/a{number}.md"),
            2 => format!("content/roles/r{number}/role.toml"),
            3 => format!("content/new{}/deep/er/a{number}.md", number % 3),
            4 => format!("i18n/{}.toml", number % 2),
            5 => format!("static/{}/a{number}.css", number % 2),
            _ => [
                "site.toml",
                "themes/own/templates/page.html",
                "shared/a.md",
                "shared/deep/b.md",
            ][number % 4]
                .to_owned(),
        }
    }

    fn folder(&mut self) -> String {
        let all = [
            "content",
            "content/articles",
            "content/roles/r1",
            "content/new1",
            "content/new1/deep",
            "i18n",
            "static",
            "themes",
            "shared",
            "shared/deep",
            ".",
        ];
        (*self.one(&all)).to_owned()
    }
}

/// Makes a random edit, and returns words for the message of a failure.
///
/// One long function, because the kinds of edits share what was drawn and are a few lines each.
pub fn edit(root: &Path, dice: &mut Dice) -> String {
    let (file, folder, number) = (dice.file(), dice.folder(), dice.below(1000));
    let (path, place) = (root.join(&file), root.join(&folder));
    let away = root.with_file_name("away");
    match dice.below(30) {
        0 | 1 => {
            let _ = fs::remove_file(path);
            format!("{file} is deleted")
        }
        2 | 3 => {
            let to = root.join(dice.folder()).join(format!("b{}", number % 3));
            let _ = fs::rename(&place, &to);
            format!("{folder} becomes {}", to.display())
        }
        4 => {
            let name = path.file_name().unwrap().to_str().unwrap();
            let other = if name.starts_with('a') {
                name.replace('a', "A")
            } else {
                name.to_uppercase()
            };
            let _ = fs::rename(&path, path.with_file_name(&other));
            let _ = if number % 2 == 0 {
                fs::rename(path.with_file_name(other), &path)
            } else {
                Ok(())
            };
            format!("{file} in capitals")
        }
        5 => {
            let _ = fs::remove_dir_all(&place);
            format!("{folder} is deleted")
        }
        6 => {
            let _ = fs::remove_dir_all(&place);
            for number in 0..number % 5 {
                save(&place.join(format!("x/y{number}.md")), "again", &WAYS[0]);
            }
            format!("{folder} is made again")
        }
        7 => {
            for number in 0..60 {
                save(
                    &root.join(format!("content/articles/a{number}.md")),
                    &format!("branch {number}"),
                    &WAYS[number % 2 * 6],
                );
            }
            "another branch".to_owned()
        }
        8 => {
            for number in (0..60).step_by(dice.below(3) + 1) {
                let _ = fs::remove_file(root.join(format!("content/articles/a{number}.md")));
            }
            "back to the old branch".to_owned()
        }
        9 => {
            let _ = fs::remove_dir_all(&away)
                .and_then(|()| fs::rename(root, &away))
                .or_else(|_| fs::rename(root, &away));
            thread::sleep(Duration::from_millis([0, 5, 50, 400][number % 4]));
            let _ = if number % 3 == 0 {
                copy(&away, root)
            } else {
                fs::rename(&away, root)
            };
            "the site goes and comes".to_owned()
        }
        10 => {
            let to = *dice.one(&[
                "../shared/a.md",
                "../shared",
                "../shared/deep",
                "a0.md",
                "../nowhere",
                "/etc",
                "..",
                ".",
            ]);
            let link = root.join("content").join(["link", "link.md"][number % 2]);
            let _ = fs::remove_file(&link);
            let _ = symlink(to, link);
            format!("a link to {to}")
        }
        11 => {
            let _ = fs::remove_file(&path);
            let _ = fs::create_dir_all(&path);
            format!("{file} is a folder")
        }
        12 => {
            let _ = fs::remove_dir_all(&path);
            format!("{file} is no folder")
        }
        13 => {
            save(&place.join("e\u{301}.md"), "one form", &WAYS[0]);
            save(
                &place.join(["\u{e9}.md", "x.md"][number % 2]),
                "another form",
                &WAYS[0],
            );
            format!("forms in {folder}")
        }
        14 => {
            save(
                &place.join([".a.md.swp", "a.md~", ".git/index", "nul\u{1}"][number % 4]),
                "litter",
                &WAYS[0],
            );
            format!("litter in {folder}")
        }
        _ => {
            let way = dice.one(&WAYS);
            save(&path, &format!("text {number}"), way);
            format!("{file}: {}", way.name)
        }
    }
}

/// Saves what can be saved: a folder may stand where the file was, or a file where the folder was.
fn save(path: &Path, text: &str, way: &Way) {
    if fs::create_dir_all(path.parent().unwrap()).is_ok() && !path.is_dir() && !path.is_symlink() {
        (way.save)(path, text);
    }
}

fn copy(from: &Path, to: &Path) -> std::io::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)?.map(Result::unwrap) {
        let to = to.join(entry.file_name());
        match entry.file_type()? {
            it if it.is_dir() => copy(&entry.path(), &to)?,
            it if it.is_symlink() => symlink(fs::read_link(entry.path())?, to)?,
            _ => fs::copy(entry.path(), to).map(drop)?,
        }
    }
    Ok(())
}
