//! Pairs of roles: a site comes in, the pairs that have a comparison go out, with their addresses; the
//! name of a comparison comes in, the two roles go out; and where readers of comparisons that are not
//! made are sent.

use std::collections::BTreeSet;

use crate::config::Host;
use crate::data::Id;
use crate::diag::Diagnostic;
use crate::digest::Digest;
use crate::kind::Kind;
use crate::layout::address::{Placeholders, address, folder_of, role_slug};
use crate::layout::{Layout, Page};
use crate::path::{SourcePath, UrlPath};
use crate::role::{RelatedTo, Role};
use crate::site::{Site, pair_of};

/// A rule of `_redirects` for all addresses in a folder.
pub struct FolderRule {
    /// The folder, with `/` at both ends.
    pub folder: String,
    /// An absolute URL.
    pub to: String,
}

/// Splits the name of a comparison into two known ids. An id may contain `-vs-` itself.
pub fn split_pair(pair: &str, is_known: impl Fn(&Id) -> bool) -> Option<[Id; 2]> {
    let split = |(at, separator): (usize, &str)| {
        let first = Id::new(&pair[..at])?;
        let second = Id::new(&pair[at + separator.len()..])?;
        Some([first, second])
    };
    pair.match_indices("-vs-")
        .filter_map(split)
        .find(|ids| ids.iter().all(&is_known))
}

/// The longest slug of a pair in bytes, below the limit of file systems for a name.
const LONGEST_SLUG: usize = 180;

/// Returns the address of the comparison of two roles, whether or not it is made.
pub fn address_of_pair(site: &Site, a: &Role, b: &Role) -> Result<UrlPath, Diagnostic> {
    let slug = pair_slug(&role_slug(a), &role_slug(b));
    let words = Placeholders {
        slug: &slug,
        category: "",
        parent: "/",
    };
    address(&site.config.site, Kind::Compare, permalink(site), &words)
}

/// Returns the address of comparisons when the site says no other.
fn permalink(site: &Site) -> &'static str {
    let facts = site.config.kinds.get(Kind::Compare);
    facts.map_or("", |facts| facts.permalink)
}

/// Returns the slug of a pair. One that is too long is cut, and told from others by a digest.
pub fn pair_slug(a: &str, b: &str) -> String {
    let whole = format!("{a}-vs-{b}");
    if whole.len() <= LONGEST_SLUG {
        return whole;
    }
    let part = |slug: &str| {
        let starts = slug.char_indices().map(|(start, _)| start);
        let end = starts.take_while(|start| *start <= LONGEST_SLUG / 3).last();
        slug[..end.unwrap_or(0)].trim_end_matches('-').to_owned()
    };
    let digest = Digest::of(whole.as_bytes()).short();
    format!("{}-vs-{}-{digest}", part(a), part(b))
}

/// Returns the roles that are compared with others, sorted by id.
pub fn compared_roles(site: &Site) -> Vec<&Role> {
    let roles = site.all_roles();
    roles.filter(|role| is_compared(site, role)).collect()
}

/// Returns true unless `[pages]` of a role, or else of the site, switches comparisons off.
pub fn is_compared(site: &Site, role: &Role) -> bool {
    let own = role.pages.get(Kind::Compare.as_str());
    let decided = own.or_else(|| site.config.site.pages.get(Kind::Compare.as_str()));
    decided != Some(&false)
}

/// Pairs of indexes of roles, the smaller one first.
type Pairs = BTreeSet<(usize, usize)>;

/// Returns true if two roles that are compared are related.
pub fn has_related_pairs(site: &Site) -> bool {
    let roles = compared_roles(site);
    (0..roles.len()).any(|index| related_to(&roles, index).next().is_some())
}

/// Returns the pairs of roles that have a page, each once and sorted by id: the nearest of each
/// role, and what a text is about or links to.
pub fn made_pairs(site: &Site) -> Vec<(&Role, &Role)> {
    let roles = compared_roles(site);
    let nearest = site.config.site.compare.related as usize;
    let (mut made, mut left_out) = (Pairs::new(), Pairs::new());
    for index in 0..roles.len() {
        for (place, other) in related_to(&roles, index).enumerate() {
            let pairs = if place < nearest {
                &mut made
            } else {
                &mut left_out
            };
            pairs.insert((index.min(other), index.max(other)));
        }
    }
    made.extend(asked_by_name(site, &roles));
    left_out.retain(|pair| !made.contains(pair));
    made.extend(asked_by_address(site, &roles, &left_out));
    made.into_iter()
        .map(|(a, b)| (roles[a], roles[b]))
        .collect()
}

/// Returns the indexes of the roles that a role names as related, the nearest first.
fn related_to<'r>(roles: &'r [&'r Role], index: usize) -> impl Iterator<Item = usize> + 'r {
    let rows = roles[index].related.iter();
    rows.filter_map(|row| match &row.target {
        RelatedTo::Role(id) => index_of(roles, id),
        RelatedTo::Name(_) => None,
    })
}

fn index_of(roles: &[&Role], id: &Id) -> Option<usize> {
    roles.binary_search_by(|role| role.id.cmp(id)).ok()
}

/// Returns the pairs that a text was written for, or that something links to by that file's name.
fn asked_by_name(site: &Site, roles: &[&Role]) -> Pairs {
    let articles = site.articles.whole().keys();
    let linked = site.linked_pairs.names.iter();
    let names = articles
        .filter_map(pair_of)
        .chain(linked.map(String::as_str));
    let pair = |name: &str| {
        let [a, b] = split_pair(name, |id| index_of(roles, id).is_some())?;
        let (a, b) = (index_of(roles, &a)?, index_of(roles, &b)?);
        (a != b).then_some((a.min(b), a.max(b)))
    };
    names.filter_map(pair).collect()
}

/// Returns those of some pairs whose address something links to.
fn asked_by_address(site: &Site, roles: &[&Role], pairs: &Pairs) -> Pairs {
    let linked = &site.linked_pairs.addresses;
    if linked.is_empty() {
        return Pairs::new();
    }
    let is_linked = |(a, b): &&(usize, usize)| {
        let url = address_of_pair(site, roles[*a], roles[*b]);
        url.is_ok_and(|url| linked.contains(url.as_str().trim_end_matches('/')))
    };
    pairs.iter().filter(is_linked).copied().collect()
}

impl Layout {
    /// Returns the index of the page that compares the two roles that a file name names, in either
    /// order.
    pub(super) fn pair_named(&self, site: &Site, name: &SourcePath) -> Option<usize> {
        let ids = split_pair(pair_of(name)?, |id| site.roles.contains_key(id))?;
        self.index_of_pair(&ids[0], &ids[1])
    }

    fn index_of_pair(&self, a: &Id, b: &Id) -> Option<usize> {
        let (first, second) = if a < b { (a, b) } else { (b, a) };
        let pairs = self.about.get(&Kind::Compare)?;
        pairs.get(format!("{first}/{second}").as_str()).copied()
    }

    /// Returns the rule that sends readers of comparisons that are not made to the list of those
    /// that are, or `None` where the host cannot be told so or no comparison is left out.
    ///
    /// It names a folder, so it is only for hosts on which a file comes before a rule.
    pub fn rule_for_pairs(&self, site: &Site) -> Option<FolderRule> {
        let host = site.config.site.publish.host.as_ref()?.value;
        let list = self.page_about(Kind::Comparisons, "")?;
        if !files_come_first(host) || !self.leaves_out_pairs(site) {
            return None;
        }
        let folder = self.folder_of_pairs(site)?;
        self.is_for_pairs(site, &folder).then(|| FolderRule {
            folder,
            to: site.config.permalink(&list.url),
        })
    }

    /// Returns true if an address is that of a comparison of two roles, whether or not it is made.
    pub fn is_address_of_pair(&self, site: &Site, address: &str) -> bool {
        let folder = self.folder_of_pairs(site);
        folder.is_some_and(|folder| {
            let name = address.strip_prefix(&folder);
            name.is_some_and(|name| name.contains("-vs-"))
        })
    }

    /// Returns true if two roles are not compared, one of which names the other as related, though
    /// neither says that it is not to be compared.
    pub fn leaves_out_pairs(&self, site: &Site) -> bool {
        let is_left_out = |role: &Role, id: &Id| {
            let other = site.role(id);
            self.index_of_pair(&role.id, id).is_none()
                && other.is_some_and(|other| is_compared(site, other))
        };
        compared_roles(site).into_iter().any(|role| {
            role.related.iter().any(|row| match &row.target {
                RelatedTo::Role(id) => is_left_out(role, id),
                RelatedTo::Name(_) => false,
            })
        })
    }

    /// Returns the folder that comparisons of roles are in, unless that is the root of the site.
    fn folder_of_pairs(&self, site: &Site) -> Option<String> {
        let words = Placeholders {
            slug: "x",
            category: "",
            parent: "/",
        };
        let one = address(&site.config.site, Kind::Compare, permalink(site), &words).ok()?;
        let folder = folder_of(&one).strip_suffix("/x/")?.to_owned() + "/";
        Some(folder).filter(|folder| folder != "/")
    }

    /// Returns true if no page and no file of the site is in a folder but comparisons and their list.
    fn is_for_pairs(&self, site: &Site, folder: &str) -> bool {
        let is_other = |page: &Page| {
            !matches!(page.kind, Kind::Compare | Kind::Comparisons)
                && page.url.as_str().starts_with(folder)
        };
        let mut assets = site.theme.assets.files.iter();
        !self.pages.whole().iter().any(is_other)
            && !assets.any(|asset| asset.out.as_str().starts_with(&folder[1..]))
    }
}

/// Returns true for hosts that serve a file before they look for a rule in `_redirects`.
///
/// Cloudflare follows rules first, so that a rule for a folder would hide its pages.
fn files_come_first(host: Host) -> bool {
    match host {
        Host::Netlify | Host::Gitlab => true,
        Host::Cloudflare | Host::Github | Host::S3 | Host::Docker => false,
    }
}
