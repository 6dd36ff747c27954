// Brings what differs between two versions of a page's HTML into the live document, and touches nothing else. So what
// the reader and the theme's scripts have done since the page was loaded stays: scroll, focus, selection, open
// <details>, values of fields, classes, added elements. Of each element there are three: `base`, what the server sent
// before; `fresh`, what it sends now; and `live`. Where the live one cannot be found, because a script has moved it,
// Lost is thrown, and the page is loaded anew: it may lose its state, but it is never stale.

/**
 * Stylesheets of the fresh document that stand in the live one already.
 * @typedef {Map<Node, Element>} Prepared
 */

/** @param {Node} base @param {Node} live @param {Node} fresh @param {Prepared} prepared */
function merge(base, live, fresh, prepared) {
  if (!isElement(base) || !isElement(live) || !isElement(fresh)) {
    // None of the three is one: only nodes of one name become each other.
    const [old, shown, now] = /** @type {CharacterData[]} */ ([base, live, fresh]);
    return mergeText(old, shown, now);
  }
  mergeAttributes(base, live, fresh);
  mergeChildren(base, live, fresh, prepared);
}

/**
 * Only what differs is replaced, so that a selection in the rest of the text stays.
 * @param {CharacterData} base @param {CharacterData} live @param {CharacterData} fresh
 */
function mergeText(base, live, fresh) {
  if (live.data !== base.data) {
    live.data = fresh.data;
    return;
  }
  const [old, now] = [base.data, fresh.data];
  const least = Math.min(old.length, now.length);
  let [start, end] = [0, 0];
  while (start < least && old[start] === now[start]) start++;
  while (end < least - start && old.at(-1 - end) === now.at(-1 - end)) end++;
  live.replaceData(start, old.length - start - end, now.slice(start, now.length - end));
}

/** @param {Element} base @param {Element} live @param {Element} fresh */
function mergeAttributes(base, live, fresh) {
  for (const { name, namespaceURI, value } of fresh.attributes) {
    const before = base.getAttribute(name);
    if (before === value) continue;
    if (name === 'class') mergeClasses(before, live, value);
    else live.setAttributeNS(namespaceURI, name, value);
  }
  for (const { name, value } of base.attributes) {
    if (fresh.hasAttribute(name)) continue;
    if (name === 'class') mergeClasses(value, live, '');
    else live.removeAttribute(name);
  }
}

/** Scripts add classes of their own. @param {string | null} before @param {Element} live @param {string} now */
function mergeClasses(before, live, now) {
  const words = (/** @type {string | null} */ text) => (text ?? '').split(/\s+/).filter(Boolean);
  live.classList.remove(...words(before));
  live.classList.add(...words(now));
}

/** @param {Element} base @param {Element} live @param {Element} fresh @param {Prepared} prepared */
function mergeChildren(base, live, fresh, prepared) {
  const [before, now] = [[...base.childNodes], [...fresh.childNodes]];
  if (before.length === now.length && before.every((node, i) => node.isEqualNode(now[i]))) return;
  const kept = align(now, before);
  const moved = alignMoved(now, before, kept);
  const lives = align(before, [...live.childNodes]);
  const stays = new Set(kept.values());
  for (const node of before) if (!stays.has(node)) liveOf(node, lives)?.remove();
  /** @type {Node | null} */
  let last = null;
  for (const node of now) {
    const old = kept.get(node);
    /** @type {Node | undefined} */
    let place = prepared.get(node) ?? (old && lives.get(old));
    if (!place && !old) place = insert(live, last, document.importNode(node, true));
    else if (old && moved.has(node)) place = insert(live, last, /** @type {Node} */ (liveOf(old, lives)));
    if (old && !old.isEqualNode(node) && liveOf(old, lives) && place) merge(old, place, node, prepared);
    last = place ?? last;
  }
  // Media choose among their sources once.
  if (live instanceof HTMLMediaElement) live.load();
}

/**
 * The live node of one that changes. Space between elements may be gone without harm.
 * @param {Node} node @param {Map<Node, Node>} lives
 */
function liveOf(node, lives) {
  const live = lives.get(node);
  if (!live && (isElement(node) || node.textContent?.trim())) throw new Lost('an element that a script has moved');
  return /** @type {ChildNode | undefined} */ (live);
}

/**
 * Pairs those that have an id and another place among their siblings.
 * @param {Node[]} now @param {Node[]} before @param {Map<Node, Node>} kept
 */
function alignMoved(now, before, kept) {
  /** @type {Set<Node>} */
  const moved = new Set();
  const taken = new Set(kept.values());
  const left = before.filter(isElement).filter((node) => node.id && !taken.has(node));
  const free = new Map(left.map((node) => [node.id, node]));
  for (const node of now.filter(isElement)) {
    const old = kept.has(node) ? undefined : free.get(node.id);
    if (old?.nodeName !== node.nodeName) continue;
    kept.set(node, old);
    moved.add(node);
  }
  return moved;
}

/**
 * Puts a node after another, or first; `moveBefore` keeps the state of one that was in the document before.
 * @param {ParentNode} parent @param {Node | null} last @param {Node} node
 */
function insert(parent, last, node) {
  const next = last ? last.nextSibling : parent.firstChild;
  if (node.isConnected && parent.moveBefore) parent.moveBefore(node, next);
  else parent.insertBefore(node, next);
  return node;
}
