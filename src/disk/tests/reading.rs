//! Reading with a stat cache: which files are opened again.

use std::fs::{self, File};
use std::thread;
use std::time::Duration;

use super::super::{Hints, Method, Reader, SiteFolder, StatCache, read};
use super::saving::write;
use super::watching::{Preview, said, said_of};

#[test]
fn a_file_with_the_same_stamp_is_not_opened() {
    let preview = Preview::new(Method::Poll);
    let site = SiteFolder::at(&preview.root()).unwrap().unwrap();
    let mut reader = Reader::new(&site, &preview.root().join("public"));
    let all = reader.read(&Hints::default()).hashed;
    assert_eq!(
        reader.read(&Hints::default()).hashed,
        all,
        "young files are opened again"
    );
    thread::sleep(Duration::from_millis(2100));
    assert_eq!(
        reader.read(&Hints::default()).hashed,
        all,
        "they were hashed when they were young"
    );
    assert_eq!(reader.read(&Hints::default()).hashed, 0);
    assert_eq!(
        reader
            .read(&Hints::of([preview.root().join("content/articles")]))
            .hashed,
        6
    );
    assert_eq!(
        reader
            .read(&Hints::of([
                preview.root().join("content/articles/a1.md"),
                preview.root().join("none")
            ]))
            .hashed,
        1
    );
    assert_eq!(reader.read(&Hints::everything()).hashed, all);
    write(&preview.root().join("content/articles/a1.md"), "new");
    let reading = reader.read(&Hints::default());
    assert_eq!((reading.hashed, reading.changed.len()), (1, 1));
    assert_eq!(
        said(reading),
        said_of(read(&site, &preview.root().join("public"), None))
    );
}

#[test]
fn a_file_whose_stamp_another_process_knew_is_not_opened() {
    let preview = Preview::new(Method::Poll);
    let (root, site) = (
        preview.root(),
        SiteFolder::at(&preview.root()).unwrap().unwrap(),
    );
    let reader = || Reader::new(&site, &root.join("public"));
    let article = |number: usize| root.join(format!("content/articles/a{number}.md"));
    (1..4).for_each(|number| write(&article(number), &format!("text {number}")));
    let mut first = reader();
    first.read(&Hints::default());
    assert_eq!(
        first.stat_cache().len(),
        8,
        "of young files nothing is known"
    );
    thread::sleep(Duration::from_millis(2100));
    first.read(&Hints::default());
    let read = |bytes: &[u8]| {
        let mut next = reader();
        next.recall(StatCache::from_bytes(bytes).unwrap());
        let reading = next.read(&Hints::default());
        let hashed = reading.hashed;
        assert_eq!(
            said(reading),
            said_of(read(&site, &root.join("public"), None))
        );
        (hashed, next.stat_cache())
    };
    let (hashed, bytes) = read(&first.stat_cache());
    assert_eq!((hashed, &bytes[8..]), (0, &first.stat_cache()[8..]));
    // Neither another text of the same size and time nor two files that change places is taken for
    // what was there.
    let old = fs::metadata(article(1)).unwrap().modified().unwrap();
    write(&article(1), "TEXT 1");
    File::options()
        .write(true)
        .open(article(1))
        .unwrap()
        .set_modified(old)
        .unwrap();
    assert_eq!(read(&bytes).0, 1);
    [(2, 9), (3, 2), (9, 3)]
        .into_iter()
        .for_each(|(from, to)| fs::rename(article(from), article(to)).unwrap());
    assert_eq!(read(&bytes).0, 3);
    // A clock that went back proves nothing.
    let late = [&i64::MAX.to_le_bytes(), &bytes[8..]].concat();
    assert_eq!(read(&late).0, bytes.len() / 32);
    // Of a stat cache that was cut short, the whole ones are known: those three files are opened
    // and those that are missing.
    let cuts: Vec<usize> = (0..bytes.len())
        .filter(|cut| StatCache::from_bytes(&bytes[..*cut]).is_some())
        .collect();
    assert_eq!(cuts, Vec::from_iter((8..bytes.len()).step_by(32)));
    for cut in cuts {
        let missing = (bytes.len() - cut) / 32;
        assert!(
            (missing.max(3)..=missing + 3).contains(&read(&bytes[..cut]).0),
            "{missing}"
        );
    }
}
