// Stylesheets and images that change under an open page. What has a fingerprint in its name gets another name with
// other bytes, and comes with the HTML; what has none keeps its name, so a query makes the browser ask again.

/** How long a stylesheet may take before the page is shown without it. */
const PATIENCE = 3000;

const QUERY = /[?&]rungs=\d+/;

/**
 * For the path of each file that has changed since the page was loaded, what its bytes of now are called.
 * @type {Map<string | null, number>}
 */
const versions = new Map();

/**
 * Shows the files at these paths anew; null means all: the server has started again and cannot know which.
 * @param {string[] | null} paths
 */
async function swapAssets(paths) {
  const shown = shownPaths();
  const changed = new Set(paths?.map(pathOf) ?? shown);
  if (changed.size === 0) return;
  for (const path of changed) versions.set(path, Date.now());
  await Promise.all(stylesheetsOf(document).map(swapStylesheet));
  stampAssets();
}

/**
 * Whether the page has loaded a file that only a load brings anew: a script, a font, media, what a stylesheet imports.
 * @param {string} address
 */
function needsLoad(address) {
  const path = pathOf(address);
  const isLoaded = performance.getEntriesByType('resource').some(({ name }) => pathOf(name) === path);
  return isLoaded && !shownPaths().has(path);
}

/**
 * The new stylesheet stands before the old one, which therefore holds until it goes.
 * @param {HTMLLinkElement} link
 */
async function swapStylesheet(link) {
  const href = stamped(hrefOf(link));
  if (href === hrefOf(link)) return;
  const next = /** @type {HTMLLinkElement} */ (link.cloneNode());
  next.setAttribute('href', href);
  link.before(next);
  const arrived = await loaded(next);
  (arrived ? link : next).remove();
}

/**
 * Adds the stylesheets that only the fresh document has, and waits for them: the old ones go with the merge.
 * @param {Document} base @param {Document} fresh
 */
async function loadStylesheets(base, fresh) {
  const before = stylesheetsOf(base);
  const live = new Map(stylesheetsOf(document).map((link) => [unstamped(hrefOf(link)), link]));
  /** @type {Map<Node, HTMLLinkElement>} */
  const prepared = new Map();
  for (const [i, link] of stylesheetsOf(fresh).entries()) {
    if (live.has(hrefOf(link))) continue;
    const next = document.importNode(link);
    const old = before[i] && live.get(hrefOf(before[i]));
    if (old) old.before(next);
    else document.head.append(next);
    prepared.set(link, next);
  }
  await Promise.all([...prepared.values()].map(loaded));
  return prepared;
}

/**
 * Waits for a stylesheet; false when there is none at its address.
 * @param {HTMLLinkElement} link @returns {Promise<boolean>}
 */
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
      const value = element.getAttribute(attribute) ?? '';
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

/** The paths of all files that can be shown anew without a load. @returns {Set<string | null>} */
function shownPaths() {
  const addresses = stylesheetsOf(document).map(hrefOf);
  for (const [selector, attribute] of SHOWN) {
    const shown = [...document.querySelectorAll(selector)];
    const values = shown.map((element) => element.getAttribute(attribute) ?? '');
    addresses.push(...(attribute === 'srcset' ? values.flatMap(candidates) : values));
  }
  return new Set(addresses.map(pathOf).filter((path) => path !== null));
}

/** @param {Document} root */
function stylesheetsOf(root) {
  return [...root.querySelectorAll('link')].filter(isStylesheet);
}

/** @param {Element} element @returns {element is HTMLLinkElement} */
function isStylesheet(element) {
  if (element.localName !== 'link') return false;
  const link = /** @type {HTMLLinkElement} */ (element);
  return link.relList.contains('stylesheet') && link.hasAttribute('href');
}

/** The address of a stylesheet as it is written. @param {HTMLLinkElement} link */
function hrefOf(link) {
  return link.getAttribute('href') ?? '';
}

/** @param {string} address */
function stamped(address) {
  const version = versions.get(pathOf(address));
  if (version === undefined) return address;
  const [, plain = '', fragment = ''] = unstamped(address).match(/^([^#]*)(.*)$/s) ?? [];
  return `${plain}${plain.includes('?') ? '&' : '?'}rungs=${version}${fragment}`;
}

/** @param {string} address */
function unstamped(address) {
  return address.replace(QUERY, '');
}

/** `a.jpg 1x, b.jpg 2x` with the query where it belongs. @param {string} value */
function stampedSet(value) {
  return value.split(/,\s+/).map((part) => part.replace(/\S+/, stamped)).join(', ');
}

/** @param {string} value */
function candidates(value) {
  return value.split(/,\s+/).map((part) => part.trim().split(/\s/)[0]);
}

/** The path of an address of this server; null for another's. @param {string} address */
function pathOf(address) {
  try {
    const url = new URL(address, document.baseURI);
    return url.origin === location.origin ? decodeURIComponent(url.pathname) : null;
  } catch {
    return null;
  }
}
