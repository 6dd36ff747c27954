//! The path at which a site lived: the addresses of a sitemap come in; the folder that they are
//! counted from goes out.

/// Returns the address below a base path, with `/` in front; `None` when it is not below.
pub(super) fn below<'a>(address: &'a str, base: &str) -> Option<&'a str> {
    // The root of the site may be written without its final `/`.
    if address.len() + 1 == base.len() && base.starts_with(address) {
        return Some("/");
    }
    let inner = address.strip_prefix(base)?;
    // `base` ends in the `/` that the address below it begins with.
    Some(&address[address.len() - inner.len() - 1..])
}

/// Returns the base path that addresses are compared below.
///
/// That is today's, if anything but the home page is found there; or else the folder that they share,
/// or one above it, where most is found.
pub(super) fn base_of<'b>(
    addresses: &'b [&str],
    today: &'b str,
    exists: impl Fn(&str) -> bool,
) -> &'b str {
    let found = |base: &str| {
        let inner = addresses.iter().filter_map(|address| below(address, base));
        inner.filter(|inner| *inner != "/" && exists(inner)).count()
    };
    if found(today) > 0 {
        return today;
    }
    let shared = shared_folder(addresses);
    let folders = shared.match_indices('/').map(|(at, _)| &shared[..=at]);
    let counted = folders
        .filter(|folder| *folder != today)
        .map(|folder| (found(folder), folder));
    counted
        .filter(|(found, _)| *found > 0)
        .max_by_key(|(found, _)| *found)
        .map_or(today, |(_, folder)| folder)
}

/// Returns the longest folder that all addresses are in, with `/` at both ends.
fn shared_folder<'a>(addresses: &[&'a str]) -> &'a str {
    let Some(first) = addresses.first() else {
        return "/";
    };
    let mut shared = first.len();
    for address in addresses {
        let same = first.bytes().zip(address.bytes());
        shared = shared.min(same.take_while(|(a, b)| a == b).count());
    }
    let end = memchr::memrchr(b'/', &first.as_bytes()[..shared]);
    end.map_or("/", |at| &first[..=at])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_counted_from_the_base_path() {
        assert_eq!(below("/careers/a/", "/careers/"), Some("/a/"));
        assert_eq!(below("/careers/", "/careers/"), Some("/"));
        assert_eq!(below("/careers", "/careers/"), Some("/"));
        assert_eq!(below("/a/", "/"), Some("/a/"));
        assert_eq!(below("/careersx/", "/careers/"), None);
        assert_eq!(below("/b/", "/careers/"), None);
    }

    #[test]
    fn another_base_path_counts_only_where_nothing_is_found_below_todays() {
        let exists = |inner: &str| matches!(inner, "/a/" | "/b/" | "/x/c/");
        let base = |addresses: &[&str], today: &str| base_of(addresses, today, exists).to_owned();
        assert_eq!(base(&["/", "/a/", "/gone/"], "/"), "/");
        assert_eq!(base(&["/old/", "/old/a/", "/old/b/"], "/"), "/old/");
        assert_eq!(base(&["/", "/a/", "/gone/"], "/new/"), "/");
        assert_eq!(base(&["/old/x/q/", "/old/x/c/"], "/new/"), "/old/");
        assert_eq!(base(&["/new/a/", "/else/"], "/new/"), "/new/");
        assert_eq!(base(&["/q/", "/r/"], "/new/"), "/new/");
        // The home page alone says nothing: every folder has one.
        assert_eq!(base(&["/roles/", "/roles/gone/"], "/"), "/");
        assert_eq!(base(&[], "/"), "/");
    }
}
