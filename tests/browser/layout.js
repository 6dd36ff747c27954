// What is wrong with the layout of the page as it stands: text beyond the window, text that its box cuts, text on other text.
// Gives a list of sentences, empty when all is well. Boxes that scroll are windows of their own; what only readers of a screen
// reader get is left out.
(() => {
  const faults = [], root = document.documentElement, width = root.clientWidth;
  const say = (what, element, text) => faults.push(`${what}: <${element.localName} class="${element.getAttribute("class") || ""}"> ${(text || element.textContent).trim().slice(0, 60)}`);
  if (document.scrollingElement.scrollWidth > width) faults.push(`the page scrolls sideways: ${document.scrollingElement.scrollWidth} of ${width}`);

  const scrolls = style => /auto|scroll/.test(style.overflowX);
  const isHidden = element => {
    for (let at = element; at && at !== root; at = at.parentElement) {
      const style = getComputedStyle(at);
      if (style.display === "none" || style.visibility === "hidden" || style.opacity === "0" || style.clipPath !== "none" || (style.position === "absolute" && at.offsetWidth <= 1)) return true;
      if (at.matches(".skip-link:not(:focus), .skip:not(:focus)")) return true;
    }
    return !element.checkVisibility();
  };
  // The part of a box that boxes around it let through, and the layer on which it lies.
  const seen = (box, element) => {
    let { left, right, top, bottom } = box, layer = "";
    for (let at = element; at && at !== document.body; at = at.parentElement) {
      const style = getComputedStyle(at);
      if (style.position === "sticky" || style.position === "fixed") layer += at.localName + "/";
      if (style.overflowX !== "visible" && !(at instanceof SVGElement)) {
        const outer = at.getBoundingClientRect();
        if (!scrolls(style) && (left < outer.left - 2 || right > outer.right + 2)) say("cut by its box", at, element.textContent);
        left = Math.max(left, outer.left); right = Math.min(right, outer.right);
      }
      if (style.overflowY !== "visible" && !(at instanceof SVGElement)) {
        const outer = at.getBoundingClientRect();
        top = Math.max(top, outer.top); bottom = Math.min(bottom, outer.bottom);
      }
    }
    return { left, right, top, bottom, layer };
  };

  const lines = [], walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement;
    if (!node.data.trim() || /^(script|style|title)$/.test(element.localName) || isHidden(element)) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const box of range.getClientRects()) {
      if (box.width < 1 || box.height < 1) continue;
      const part = seen(box, element);
      if (part.right - part.left < 1 || part.bottom - part.top < 1) continue;
      if (part.left < -1 || part.right > width + 1) say(`beyond the window (${Math.round(part.left)} to ${Math.round(part.right)} of ${width})`, element, node.data);
      // Letters fill the middle of their line.
      const inset = (part.bottom - part.top) * 0.28;
      lines.push({ ...part, top: part.top + inset, bottom: part.bottom - inset, node, element });
    }
  }
  lines.sort((a, b) => a.top - b.top);
  for (let first = 0; first < lines.length; first++) {
    const a = lines[first];
    for (let second = first + 1; second < lines.length && lines[second].top < a.bottom - 1; second++) {
      const b = lines[second];
      if (a.node === b.node || a.layer !== b.layer) continue;
      const across = Math.min(a.right, b.right) - Math.max(a.left, b.left), down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
      if (across > 2 && down > 1) say(`lies on "${b.node.data.trim().slice(0, 40)}" (${Math.round(across)} by ${Math.round(down)})`, a.element, a.node.data);
    }
  }
  return [...new Set(faults)].slice(0, 12);
})()
