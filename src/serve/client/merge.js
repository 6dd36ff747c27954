// Brings what differs between two versions of a page's HTML into the live document, and touches nothing else. So what the
// reader and the theme's scripts have done since the page was loaded stays: scroll, focus, selection, open <details>, values
// of fields, classes, added elements. Of each element there are three: `base`, what the server sent before; `fresh`, what it
// sends now; and `live`. Where the live one cannot be found, because a script has moved it, Lost is thrown, and the page is
// loaded anew: it may lose its state, but it is never stale.

/** `prepared`: stylesheets of the fresh document that stand in the live one already. */
function merge(base, live, fresh, prepared) {
  if (fresh.nodeType !== Node.ELEMENT_NODE) return mergeText(base, live, fresh);
  mergeAttributes(base, live, fresh);
  mergeChildren(base, live, fresh, prepared);
}

/** Only what differs is replaced, so that a selection in the rest of the text stays. */
function mergeText(base, live, fresh) {
  if (live.data !== base.data) return void (live.data = fresh.data);
  const [old, now] = [base.data, fresh.data];
  const least = Math.min(old.length, now.length);
  let [start, end] = [0, 0];
  while (start < least && old[start] === now[start]) start++;
  while (end < least - start && old.at(-1 - end) === now.at(-1 - end)) end++;
  live.replaceData(start, old.length - start - end, now.slice(start, now.length - end));
}

function mergeAttributes(base, live, fresh) {
  for (const { name, namespaceURI, value } of fresh.attributes) {
    const before = base.getAttribute(name);
    if (before === value) continue;
    if (name === 'class') mergeClasses(before, live, value);
    else live.setAttributeNS(namespaceURI, name, value);
  }
  for (const { name } of base.attributes) {
    if (fresh.hasAttribute(name)) continue;
    if (name === 'class') mergeClasses(base.className, live, '');
    else live.removeAttribute(name);
  }
}

/** Scripts add classes of their own. */
function mergeClasses(before, live, now) {
  const words = (text) => (text ?? '').split(/\s+/).filter(Boolean);
  live.classList.remove(...words(before));
  live.classList.add(...words(now));
}

function mergeChildren(base, live, fresh, prepared) {
  const [before, now] = [[...base.childNodes], [...fresh.childNodes]];
  if (before.length === now.length && before.every((node, i) => node.isEqualNode(now[i]))) return;
  const kept = align(now, before);
  const moved = alignMoved(now, before, kept);
  const lives = align(before, [...live.childNodes]);
  const stays = new Set(kept.values());
  for (const node of before) if (!stays.has(node)) liveOf(node, lives)?.remove();
  let last = null;
  for (const node of now) {
    const old = kept.get(node);
    let place = prepared.get(node) ?? lives.get(old);
    if (!place && !old) place = insert(live, last, document.importNode(node, true));
    else if (moved.has(node)) place = insert(live, last, liveOf(old, lives));
    if (old && !old.isEqualNode(node) && liveOf(old, lives)) merge(old, place, node, prepared);
    last = place ?? last;
  }
  // Media choose among their sources once.
  if (live instanceof HTMLMediaElement) live.load();
}

/** The live node of one that changes. Space between elements may be gone without harm. */
function liveOf(node, lives) {
  const live = lives.get(node);
  if (!live && (node.nodeType === Node.ELEMENT_NODE || node.textContent.trim())) throw new Lost('an element that a script has moved');
  return live;
}

/** Pairs those that have an id and another place among their siblings. */
function alignMoved(now, before, kept) {
  const moved = new Set();
  const taken = new Set(kept.values());
  const free = new Map(before.filter((node) => node.id && !taken.has(node)).map((node) => [node.id, node]));
  for (const node of now) {
    const old = kept.has(node) ? undefined : free.get(node.id);
    if (old?.nodeName !== node.nodeName) continue;
    kept.set(node, old);
    moved.add(node);
  }
  return moved;
}

/** Puts a node after another, or first; `moveBefore` keeps the state of one that was in the document before. */
function insert(parent, last, node) {
  const next = last ? last.nextSibling : parent.firstChild;
  if (node.isConnected && parent.moveBefore) parent.moveBefore(node, next);
  else parent.insertBefore(node, next);
  return node;
}
