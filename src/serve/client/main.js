// What is known of the page, and what is done when it or its files have changed. The other files have the steps:
// stream.js hears of a change, merge.js brings it into the document, assets.js swaps files, panel.js shows mistakes.

/**
 * The page or its files have other bytes.
 * @typedef {object} Change
 * @property {string | null} digest Of the HTML of now; null when the page is gone.
 * @property {string[] | null} changed Paths of files that have changed; null when the server cannot know which.
 * @property {string} mark
 */

const tag = /** @type {HTMLScriptElement} */ (document.currentScript);

const page = {
  /** The digest of the HTML that is shown; the server puts it on the tag of this script. */
  shown: tag.dataset.digest,
  /**
   * That HTML as a document, untouched by the reader and by scripts: what the next HTML is compared with.
   * @type {Document | null}
   */
  base: null,
};

// What is left is the document that readers will get, also for selectors such as `:last-child`.
tag.remove();

/**
 * Makes trusted HTML, where the policy of the site takes no other.
 * @type {{ createHTML(text: string): string } | undefined}
 */
// @ts-expect-error The types of the browser do not have it yet.
const trusted = window.trustedTypes?.createPolicy('rungs-preview', { createHTML: (text) => text });

/**
 * Changes are made one after the other. What fails in any way ends in a load, which is always right.
 * @type {Promise<unknown>}
 */
let work = Promise.resolve();

/** @param {() => Promise<void>} step */
function enqueue(step) {
  work = work.then(step).catch((fault) => {
    if (fault instanceof Unreachable) return reconnect();
    load();
    // The page goes away: nothing more is done to it.
    return new Promise(() => {});
  });
}

/**
 * The page or its files have other bytes now.
 * @param {Change} change @param {boolean} isFirst
 */
async function pageChanged({ digest, changed, mark }, isFirst) {
  showMark(mark);
  // The first news name all that changed since the server started: the page was loaded after that, or a moment too
  // early.
  if (!isFirst && changed?.some(needsLoad)) throw new Lost('an asset');
  await swapAssets(changed);
  // A page that is gone has no digest, and what is shown in its place has one: it may have changed as well.
  if (digest !== page.shown) await refresh();
}

/** Fetches the page again and shows it. */
async function refresh() {
  const fresh = await fetchPage();
  if (fresh.digest === page.shown) return;
  if (!page.base || mustLoad(fresh.document) || programOf(fresh.document) !== programOf(page.base)) {
    throw new Lost('other scripts');
  }
  const stylesheets = await loadStylesheets(page.base, fresh.document);
  merge(page.base.documentElement, document.documentElement, fresh.document.documentElement, stylesheets);
  page.base = fresh.document;
  page.shown = fresh.digest;
  stampAssets();
  document.dispatchEvent(new CustomEvent('rungs:update'));
}

/** The page's HTML of now, as the server has it, without the tag of this script. */
async function fetchPage() {
  const address = location.origin + location.pathname + location.search;
  const answer = await fetch(address, { cache: 'no-store', headers: { Accept: 'text/html' } }).catch(unreachable);
  if (answer.redirected) throw new Lost('another address');
  const text = await answer.text().catch(unreachable);
  const fresh = new DOMParser().parseFromString(trusted?.createHTML(text) ?? text, 'text/html');
  /** @type {NodeListOf<HTMLScriptElement>} */
  const scripts = fresh.querySelectorAll('script[data-digest]');
  const own = [...scripts].at(-1);
  // A server that is too busy to answer is asked again; what else is no page of the preview is loaded to be seen.
  if (!own) throw answer.status > 404 ? new Unreachable('no answer') : new Lost('not a page of the preview');
  own.remove();
  // A parser that runs no scripts reads what stands in <noscript> as elements; in the page it is text.
  for (const element of fresh.querySelectorAll('noscript')) element.textContent = element.innerHTML;
  return { document: fresh, digest: own.dataset.digest };
}

/**
 * Whether a document does on load what no merge can do: it leads elsewhere, or declares shadow roots.
 * @param {Document} fresh
 */
function mustLoad(fresh) {
  return fresh.querySelector('meta[http-equiv="refresh" i], template[shadowrootmode]') !== null;
}

/** The scripts of a document that run, and the templates that they clone. @param {Document} root */
function programOf(root) {
  const runs = /^(|module|importmap|(text|application)\/(java|ecma)script)$/i;
  const scripts = [...root.querySelectorAll('script')].filter(({ type }) => runs.test(type.trim()));
  return [...scripts, ...root.querySelectorAll('template')].map((element) => element.outerHTML).join();
}

/** Loads the page anew; the browser restores its scroll position. */
function load() {
  history.scrollRestoration = 'auto';
  location.reload();
}

/** The document cannot be changed in place. */
class Lost extends Error {}

/** The server does not answer. */
class Unreachable extends Error {}

/** @param {unknown} cause @returns {never} */
function unreachable(cause) {
  throw new Unreachable('the preview does not answer', { cause });
}
