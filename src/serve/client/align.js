// Which child of one element is which child of another.

/** More pairs of children than this are not weighed. */
const MOST_PAIRS = 1_000_000;

/** For nodes in order, the nodes of another list that are most like them, in order. Not all have one. */
function align(from, to) {
  const pairs = new Map();
  let [start, fromEnd, toEnd] = [0, from.length, to.length];
  while (start < fromEnd && start < toEnd && from[start].isEqualNode(to[start])) pairs.set(from[start], to[start++]);
  while (start < fromEnd && start < toEnd && from[fromEnd - 1].isEqualNode(to[toEnd - 1])) pairs.set(from[--fromEnd], to[--toEnd]);
  alignByLikeness(from.slice(start, fromEnd).map(traits), to.slice(start, toEnd).map(traits), pairs);
  return pairs;
}

/** The pairs whose likeness adds up to most: the longest common subsequence, weighted. */
function alignByLikeness(from, to, pairs) {
  if (from.length * to.length > MOST_PAIRS) throw new Lost('too many children');
  const width = to.length + 1;
  const best = new Int32Array((from.length + 1) * width);
  for (let i = from.length - 1; i >= 0; i--) {
    for (let j = to.length - 1; j >= 0; j--) {
      const like = likeness(from[i], to[j]);
      const paired = like && like + best[(i + 1) * width + j + 1];
      best[i * width + j] = Math.max(paired, best[(i + 1) * width + j], best[i * width + j + 1]);
    }
  }
  for (let i = 0, j = 0; i < from.length && j < to.length; ) {
    const like = likeness(from[i], to[j]);
    if (like && best[i * width + j] === like + best[(i + 1) * width + j + 1]) pairs.set(from[i++].node, to[j++].node);
    else if (best[i * width + j] === best[(i + 1) * width + j]) i++;
    else j++;
  }
}

/** What is compared of a node, taken once. */
function traits(node) {
  const isElement = node.nodeType === Node.ELEMENT_NODE;
  return {
    node,
    name: node.nodeName,
    text: node.textContent.trim(),
    id: isElement ? node.id : '',
    className: isElement ? node.getAttribute('class') : null,
    target: isElement ? (node.getAttribute('href') ?? node.getAttribute('src') ?? node.getAttribute('name')) : null,
    stylesheet: isElement && isStylesheet(node) ? unstamped(node.getAttribute('href')) : null,
  };
}

/** How alike two nodes are; 0 when one cannot become the other. */
function likeness(a, b) {
  if (a.name !== b.name || (a.id && b.id && a.id !== b.id) || a.stylesheet !== b.stylesheet) return 0;
  if (a.node.nodeType !== Node.ELEMENT_NODE) return !a.text !== !b.text ? 0 : a.text === b.text ? 1 + 4 * (a.text !== '') : 1;
  return 1 + 16 * (a.id !== '' && a.id === b.id) + 8 * (a.text !== '' && a.text === b.text) + 2 * (a.className === b.className) + 2 * (a.target === b.target);
}
