//! Ways of saving a file: what editors and other programs do to it.

use std::fs::{self, File, OpenOptions};
use std::io::{Read as _, Seek as _, Write as _};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Writes a file as a shell does with `>`, and makes the folders above it.
pub fn write(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

/// A way of saving a file.
pub struct Way {
    pub name: &'static str,
    /// Writes a text into a file, which may be missing.
    pub save: fn(&Path, &str),
}

const fn way(name: &'static str, save: fn(&Path, &str)) -> Way {
    Way { name, save }
}

/// The ways in which editors and other programs save.
pub const WAYS: [Way; 12] = [
    way("truncate and write", write),
    way("in place", |file, text| {
        let mut open = OpenOptions::new()
            .write(true)
            .create(true)
            .truncate(false)
            .open(file)
            .unwrap();
        open.write_all(text.as_bytes()).unwrap();
        open.set_len(text.len() as u64).unwrap();
    }),
    way("append", |file, text| {
        OpenOptions::new()
            .append(true)
            .create(true)
            .open(file)
            .unwrap()
            .write_all(text.as_bytes())
            .unwrap();
    }),
    way("vim: the old one is a backup", |file, text| {
        let (probe, backup) = (file.with_file_name("4913"), beside(file, "~"));
        write(&probe, "");
        fs::remove_file(probe).unwrap();
        let _ = fs::rename(file, &backup);
        write(file, text);
        let _ = fs::remove_file(backup);
    }),
    way("VS Code: another one is renamed over it", |file, text| {
        let temporary = beside(file, ".tmp");
        write(&temporary, text);
        fs::rename(temporary, file).unwrap();
    }),
    way("JetBrains: three names", |file, text| {
        let (temporary, old) = (beside(file, "___jb_tmp___"), beside(file, "___jb_old___"));
        write(&temporary, text);
        let _ = fs::rename(file, &old);
        fs::rename(temporary, file).unwrap();
        let _ = fs::remove_file(old);
    }),
    way("deleted and made again", |file, text| {
        let _ = fs::remove_file(file);
        write(file, text);
    }),
    way("copied over with the old time", |file, text| {
        let time = file.metadata().and_then(|about| about.modified()).ok();
        write(file, text);
        time.inspect(|time| {
            File::options()
                .write(true)
                .open(file)
                .unwrap()
                .set_modified(*time)
                .unwrap();
        });
    }),
    way("renamed over with the old time", |file, text| {
        let time = file.metadata().and_then(|about| about.modified()).ok();
        let temporary = beside(file, ".tmp");
        write(&temporary, text);
        time.inspect(|time| {
            File::options()
                .write(true)
                .open(&temporary)
                .unwrap()
                .set_modified(*time)
                .unwrap();
        });
        fs::rename(temporary, file).unwrap();
    }),
    way("another of the same size, with the old time", |file, _| {
        let Ok(mut open) = OpenOptions::new().read(true).write(true).open(file) else {
            return;
        };
        let (time, mut text) = (open.metadata().unwrap().modified().unwrap(), vec![]);
        open.read_to_end(&mut text).unwrap();
        text.reverse();
        open.rewind().unwrap();
        open.write_all(&text).unwrap();
        open.set_modified(time).unwrap();
    }),
    way("a link to another file of old", |file, text| {
        let other = file
            .ancestors()
            .find(|folder| folder.ends_with("site"))
            .unwrap()
            .join("other");
        write(&other, text);
        File::options()
            .write(true)
            .open(&other)
            .unwrap()
            .set_modified(std::time::UNIX_EPOCH + Duration::from_secs(1_000_000_000))
            .unwrap();
        let _ = fs::remove_file(file);
        fs::hard_link(&other, file).unwrap();
        fs::remove_file(other).unwrap();
    }),
    way("two writes of the same size", |file, text| {
        write(file, text);
        write(file, &text.chars().rev().collect::<String>());
    }),
];

fn beside(file: &Path, ending: &str) -> PathBuf {
    let mut name = file.file_name().unwrap().to_owned();
    name.push(ending);
    file.with_file_name(name)
}
