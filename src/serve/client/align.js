// Which child of one element is which child of another.

/**
 * What is compared of a node.
 * @typedef {object} Traits
 * @property {Node} node
 * @property {string} name
 * @property {string} text
 * @property {string} id
 * @property {string | null} className
 * @property {string | null} target
 * @property {string | null} stylesheet
 */

/** More pairs of children than this are not weighed. */
const MOST_PAIRS = 1_000_000;

/**
 * For nodes in order, the nodes of another list that are most like them, in order. Not all have one.
 * @param {Node[]} from @param {Node[]} to
 */
function align(from, to) {
  /** @type {Map<Node, Node>} */
  const pairs = new Map();
  let [start, fromEnd, toEnd] = [0, from.length, to.length];
  while (start < fromEnd && start < toEnd && from[start].isEqualNode(to[start])) {
    pairs.set(from[start], to[start]);
    start++;
  }
  while (start < fromEnd && start < toEnd && from[fromEnd - 1].isEqualNode(to[toEnd - 1])) {
    fromEnd--;
    toEnd--;
    pairs.set(from[fromEnd], to[toEnd]);
  }
  alignByLikeness(from.slice(start, fromEnd).map(traits), to.slice(start, toEnd).map(traits), pairs);
  return pairs;
}

/**
 * The pairs whose likeness adds up to most: the longest common subsequence, weighted.
 * @param {Traits[]} from @param {Traits[]} to @param {Map<Node, Node>} pairs
 */
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
    if (like && best[i * width + j] === like + best[(i + 1) * width + j + 1]) {
      pairs.set(from[i].node, to[j].node);
      i++;
      j++;
    } else if (best[i * width + j] === best[(i + 1) * width + j]) {
      i++;
    } else {
      j++;
    }
  }
}

/**
 * What is compared of a node, taken once.
 * @param {Node} node @returns {Traits}
 */
function traits(node) {
  const bare = { node, name: node.nodeName, text: node.textContent?.trim() ?? '' };
  if (!isElement(node)) return { ...bare, id: '', className: null, target: null, stylesheet: null };
  return {
    ...bare,
    id: node.id,
    className: node.getAttribute('class'),
    target: node.getAttribute('href') ?? node.getAttribute('src') ?? node.getAttribute('name'),
    stylesheet: isStylesheet(node) ? unstamped(hrefOf(node)) : null,
  };
}

/**
 * How alike two nodes are; 0 when one cannot become the other.
 * @param {Traits} a @param {Traits} b
 */
function likeness(a, b) {
  if (a.name !== b.name || (a.id && b.id && a.id !== b.id) || a.stylesheet !== b.stylesheet) return 0;
  const hasSameText = a.text === b.text;
  if (!isElement(a.node)) {
    if (!a.text !== !b.text) return 0;
    return hasSameText && a.text ? 5 : 1;
  }
  let like = 1;
  if (a.id && a.id === b.id) like += 16;
  if (a.text && hasSameText) like += 8;
  if (a.className === b.className) like += 2;
  if (a.target === b.target) like += 2;
  return like;
}

/** @param {Node} node @returns {node is Element} */
function isElement(node) {
  return node.nodeType === Node.ELEMENT_NODE;
}
