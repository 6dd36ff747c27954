// The contents follow the reader: the entry of what is being read is marked, and scrolled into sight where they are
// long. Without this script the stylesheet marks it, in browsers that can.
(() => {
  const box = /** @type {HTMLElement} */ (document.querySelector(".toc"));
  const links = Array.from(box.querySelectorAll("a"));
  const places = links.map(link => document.getElementById(decodeURIComponent(link.hash.slice(1))));
  /** @type {HTMLAnchorElement | undefined} */
  let current;
  let waiting = 0;

  addEventListener("scroll", () => {
    waiting ||= requestAnimationFrame(mark);
  }, { passive: true });
  mark();

  function mark() {
    waiting = 0;
    const read = beingRead();
    if (read === current) return;
    current?.removeAttribute("aria-current");
    current = read;
    current.setAttribute("aria-current", "location");
    if (box.scrollHeight <= box.clientHeight) return;
    const below = current.getBoundingClientRect().top - box.getBoundingClientRect().top;
    box.scrollTop += below - box.clientHeight / 2;
  }

  /** The last entry whose place is in the upper part of the window, or above it. */
  function beingRead() {
    const atEnd = innerHeight + scrollY >= document.documentElement.scrollHeight - 2;
    const at = places.findLastIndex(place => place && (atEnd || place.getBoundingClientRect().top < innerHeight / 4));
    return links[Math.max(at, 0)];
  }
})();
