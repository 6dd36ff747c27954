// "Where am I?": which level fits what is ticked, and what is missing for the next. The ticks stay in this browser.
(function () {
  var form = document.querySelector(".check");
  // A page may do without what is generated.
  if (!form) return;
  var key = "where-am-i:" + form.dataset.role, says = form.querySelector(".check-says");
  var boxes = Array.from(form.querySelectorAll("input[type=checkbox]"));
  var levels = Array.from(form.querySelectorAll("fieldset")).map(function (field) {
    var legend = field.querySelector("legend"), count = document.createElement("span");
    var level = { field: field, title: legend.textContent.trim(), count: count, before: null, next: words(field.dataset.next), drops: words(field.dataset.drops) };
    level.own = Array.from(field.querySelectorAll("input[type=checkbox]"));
    count.className = "note num";
    legend.append(" ", count);
    return level;
  });
  levels.forEach(function (level) {
    level.next = levels.filter(function (other) { return level.next.includes(other.field.id); });
    level.next.forEach(function (other) { other.before = other.before || level; });
  });

  form.addEventListener("change", function () { store(); show(); });
  form.querySelector("button").addEventListener("click", function () {
    boxes.forEach(function (box) { box.checked = false; });
    store();
    show();
    // The button goes with the result.
    boxes[0].focus();
  });
  // Also when the browser brings the page back with ticks of its own.
  addEventListener("pageshow", function () { restore(); show(); });

  // All that a level asks for, those below it included: what it raises and drops is not asked for as it was below.
  function asked(level) {
    var of_own = level.own.flatMap(skills), gone = level.drops.concat(of_own);
    var kept = level.before ? asked(level.before).filter(function (box) { return !skills(box).some(function (id) { return gone.includes(id); }); }) : [];
    return kept.concat(level.own);
  }

  // A skill to a higher standard is also the skill to a lower one.
  function has(box) {
    var own = skills(box);
    return box.checked || boxes.slice(boxes.indexOf(box) + 1).some(function (other) {
      return other.checked && own.length && own.join() === skills(other).join();
    });
  }

  function missing(level) { return asked(level).filter(function (box) { return !("optional" in box.dataset) && !has(box); }); }
  function fits(level) { return level.own.length > 0 && missing(level).length === 0; }
  function above(level) { return level.next.flatMap(function (next) { return [next].concat(above(next)); }); }
  // The levels to reach next; one that asks for nothing of its own is stepped over.
  function reach(nexts) { return nexts.flatMap(function (level) { return level.own.length ? [level] : reach(level.next); }); }

  // Nothing is said before there is a tick.
  function show() {
    var none = !boxes.some(function (box) { return box.checked; });
    var best = levels.filter(function (level) { return fits(level) && !above(level).some(fits); });
    var first = levels.filter(function (level) { return !level.before; });
    var next = best.length ? reach(best.flatMap(function (level) { return level.next; })) : reach(first);
    var titles = best.map(function (level) { return level.title; }).join(", ");
    levels.forEach(function (level) {
      var done = level.own.filter(has).length;
      level.count.textContent = done ? fill(form.dataset.count, { done: done, all: level.own.length }) : "";
      level.field.classList.toggle("fits", best.includes(level));
    });
    var text = !best.length ? form.dataset.none : fill(next.length ? form.dataset.fits : form.dataset.top, { level: titles });
    if (none) text = "";
    // Said anew only when it changes.
    if (says.textContent !== text) says.textContent = text;
    form.querySelector(".check-result").hidden = none;
    form.querySelector(".check-missing").replaceChildren.apply(form.querySelector(".check-missing"), Array.from(new Set(next)).map(gap));
  }

  function gap(level) {
    var block = document.createElement("div"), heading = add(block, "p", ""), list = add(block, "ul", ""), link = add(heading, "a", fill(form.dataset.missing, { level: level.title }));
    heading.className = "label";
    list.className = "list";
    link.href = "#" + level.field.id;
    missing(level).forEach(function (box) { add(list, "li", "").append(box.nextElementSibling.cloneNode(true)); });
    return block;
  }

  // Ticks are kept by the words beside them: another text is another thing to tick.
  function name(box) { return box.closest("fieldset").id + " " + text(box); }
  function store() {
    var ticked = boxes.filter(function (box) { return box.checked; }).map(name);
    try { if (ticked.length) localStorage.setItem(key, JSON.stringify(ticked)); else localStorage.removeItem(key); } catch (error) { /* not kept */ }
  }
  function restore() {
    var ticked = [];
    try { ticked = JSON.parse(localStorage.getItem(key)) || []; } catch (error) { /* nothing kept */ }
    boxes.forEach(function (box) { box.checked = Array.isArray(ticked) && ticked.includes(name(box)); });
  }

  function skills(box) { return words(box.dataset.skills); }
  function words(text) { return (text || "").split(" ").filter(Boolean); }
  function text(box) { return box.parentElement.textContent.replace(/\s+/g, " ").trim(); }
  function fill(text, values) { return text.replace(/\{(\w+)\}/g, function (whole, key) { return key in values ? values[key] : whole; }); }
  function add(parent, tag, text) {
    var element = document.createElement(tag);
    element.textContent = text;
    parent.append(element);
    return element;
  }
})();
