// Stylesheets and images that change under an open page. What has a fingerprint in its name gets another name with other
// bytes, and comes with the HTML; what has none keeps its name, so a query makes the browser ask again.

/** How long a stylesheet may take before the page is shown without it. */
const PATIENCE = 3000;

const QUERY = /[?&]rungs=\d+/;

/** For the path of each file that has changed since the page was loaded, what its bytes of now are called. */
const versions = new Map();

/** Shows the files at these paths anew; null means all: the server has started again and cannot know which. */
async function swapAssets(paths) {
  const shown = shownPaths();
  const changed = new Set(paths?.map(pathOf) ?? shown);
  if (changed.size === 0) return;
  for (const path of changed) versions.set(path, Date.now());
  await Promise.all([...document.querySelectorAll('link')].filter(isStylesheet).map(swapStylesheet));
  stampAssets();
}

/** Whether the page has loaded a file that only a load brings anew: a script, a font, media, what a stylesheet imports. */
function needsLoad(address) {
  const path = pathOf(address);
  return performance.getEntriesByType('resource').some(({ name }) => pathOf(name) === path) && !shownPaths().has(path);
}

/** The new stylesheet stands before the old one, which therefore holds until it goes. */
async function swapStylesheet(link) {
  const href = stamped(link.getAttribute('href'));
  if (href === link.getAttribute('href')) return;
  const next = link.cloneNode();
  next.setAttribute('href', href);
  link.before(next);
  const arrived = await loaded(next);
  (arrived ? link : next).remove();
}

/** Adds the stylesheets that only the fresh document has, and waits for them: the old ones go with the merge. */
async function loadStylesheets(base, fresh) {
  const [before, now] = [base, fresh].map((root) => [...root.querySelectorAll('link')].filter(isStylesheet));
  const live = new Map([...document.querySelectorAll('link')].filter(isStylesheet).map((link) => [unstamped(link.getAttribute('href')), link]));
  const prepared = new Map();
  for (const [i, link] of now.entries()) {
    if (live.has(link.getAttribute('href'))) continue;
    const next = document.importNode(link);
    const old = before[i] && live.get(before[i].getAttribute('href'));
    if (old) old.before(next);
    else document.head.append(next);
    prepared.set(link, next);
  }
  await Promise.all([...prepared.values()].map(loaded));
  return prepared;
}

/** Waits for a stylesheet; false when there is none at its address. */
function loaded(link) {
  return new Promise((done) => {
    link.addEventListener('load', () => done(true));
    link.addEventListener('error', () => done(false));
    setTimeout(done, PATIENCE, true);
  });
}

/** Gives the addresses of changed files their query wherever an element shows one. */
function stampAssets() {
  if (versions.size === 0) return;
  for (const [selector, attribute] of SHOWN) {
    for (const element of document.querySelectorAll(selector)) {
      const value = element.getAttribute(attribute);
      const now = attribute === 'srcset' ? stampedSet(value) : stamped(value);
      if (now !== value) element.setAttribute(attribute, now);
    }
  }
}

/** What shows a picture, and in which attribute. */
const SHOWN = [
  ['img[src], input[type="image"][src]', 'src'],
  ['img[srcset], source[srcset]', 'srcset'],
  ['video[poster]', 'poster'],
  ['link[rel~="icon"][href], image[href], use[href]', 'href'],
];

/** The paths of all files that can be shown anew without a load. */
function shownPaths() {
  const addresses = [...document.querySelectorAll('link')].filter(isStylesheet).map((link) => link.getAttribute('href'));
  for (const [selector, attribute] of SHOWN) {
    const values = [...document.querySelectorAll(selector)].map((element) => element.getAttribute(attribute));
    addresses.push(...(attribute === 'srcset' ? values.flatMap(candidates) : values));
  }
  return new Set(addresses.map(pathOf).filter((path) => path !== null));
}

function isStylesheet(element) {
  return element.localName === 'link' && element.relList.contains('stylesheet') && element.hasAttribute('href');
}

function stamped(address) {
  const version = versions.get(pathOf(address));
  if (version === undefined) return address;
  const [, plain, fragment] = unstamped(address).match(/^([^#]*)(.*)$/s);
  return `${plain}${plain.includes('?') ? '&' : '?'}rungs=${version}${fragment}`;
}

function unstamped(address) {
  return address.replace(QUERY, '');
}

/** `a.jpg 1x, b.jpg 2x` with the query where it belongs. */
function stampedSet(value) {
  return value.split(/,\s+/).map((part) => part.replace(/\S+/, stamped)).join(', ');
}

function candidates(value) {
  return value.split(/,\s+/).map((part) => part.trim().split(/\s/)[0]);
}

/** The path of an address of this server; null for another's. */
function pathOf(address) {
  try {
    const url = new URL(address, document.baseURI);
    return url.origin === location.origin ? decodeURIComponent(url.pathname) : null;
  } catch {
    return null;
  }
}
