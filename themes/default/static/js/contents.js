// The contents follow the reader: the entry of what is being read is marked, and scrolled into sight where they are long.
// Without this script the stylesheet marks it, in browsers that can.
(function () {
  var box = document.querySelector(".toc"), links = Array.from(box.querySelectorAll("a")), current, waiting;
  var places = links.map(function (link) { return document.getElementById(decodeURIComponent(link.hash.slice(1))); });
  function mark() {
    var read = links[0], atEnd = innerHeight + scrollY >= document.documentElement.scrollHeight - 2;
    waiting = 0;
    places.forEach(function (place, index) {
      if (place && (atEnd || place.getBoundingClientRect().top < innerHeight / 4)) read = links[index];
    });
    if (read === current) return;
    if (current) current.removeAttribute("aria-current");
    current = read;
    current.setAttribute("aria-current", "location");
    if (box.scrollHeight > box.clientHeight) box.scrollTop += current.getBoundingClientRect().top - box.getBoundingClientRect().top - box.clientHeight / 2;
  }
  addEventListener("scroll", function () { waiting = waiting || requestAnimationFrame(mark); }, { passive: true });
  mark();
})();
