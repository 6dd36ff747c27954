// Any two roles side by side, from their JSON. Without this script the page lists the comparisons that are ready.
(function () {
  var form = document.querySelector(".compare-form"), status = document.querySelector(".compare-status"), result = document.querySelector(".compare-result");
  var empty = document.querySelector(".compare-empty"), sides = ["a", "b"], asked = 0, known = {}, roles = {};
  var links = document.querySelector(".compare-roles").content.querySelectorAll("a");

  links.forEach(function (link) { roles[link.dataset.id] = new URL(link.getAttribute("href"), document.baseURI).href; });
  // A thousand roles are a choice to make only when somebody chooses.
  ["focus", "pointerenter"].forEach(function (event) {
    sides.forEach(function (side) { form[side].addEventListener(event, offer); });
  });
  form.hidden = links.length < 2;

  form.addEventListener("submit", function (event) {
    event.preventDefault();
    history.pushState(null, "", "?" + new URLSearchParams(new FormData(form)));
    follow();
  });
  addEventListener("popstate", follow);
  follow();

  function offer() {
    sides.forEach(function (side) {
      if (form[side].length > 1) return;
      links.forEach(function (link) { form[side].add(new Option(link.textContent, link.dataset.id)); });
    });
  }

  // Shows what the address asks for.
  function follow() {
    var query = new URLSearchParams(location.search), turn = ++asked;
    var ids = sides.map(function (side) {
      var id = query.get(side);
      if (!Object.hasOwn(roles, id)) return "";
      offer();
      form[side].value = id;
      return id;
    });
    result.hidden = true;
    status.textContent = "";
    if (!ids[0] || !ids[1]) return;
    if (ids[0] === ids[1]) { status.textContent = status.dataset.same; return; }
    Promise.all(ids.map(read)).then(function (both) {
      if (turn === asked) show(both[0], both[1]);
    }, function () {
      if (turn === asked) status.textContent = status.dataset.failed;
    });
  }

  function read(id) {
    known[id] = known[id] || fetch(roles[id]).then(function (answer) {
      if (!answer.ok) throw new Error(answer.status);
      return answer.json();
    });
    known[id].catch(function () { delete known[id]; });
    return known[id];
  }

  // An address of the JSON of a role, from where that was found: the site may lie elsewhere than the JSON says.
  function here(url, role) {
    var from = role.url.replace(/\.html$/, "/").split("/"), to = url.split("/");
    if (to[0]) return url;
    while (to.length > 1 && from.length > 1 && from[0] === to[0]) { from.shift(); to.shift(); }
    return new URL("./" + "../".repeat(from.length - 1) + to.join("/"), roles[role.id]).href;
  }

  function show(a, b) {
    var part = empty.content.cloneNode(true), both = [a, b], titles = { a: a.role.title, b: b.role.title };
    var heading = part.querySelector("h2");
    heading.textContent = fill(heading.textContent, titles);
    part.querySelectorAll("thead a").forEach(function (link, at) { link.href = here(both[at].role.url, both[at].role); link.textContent = both[at].role.title; });
    rows(a.facts, b.facts).forEach(function (pair) { part.querySelector("tbody").append(row(pair, both)); });
    var shared = a.skills.filter(function (skill) { return has(b.skills, skill); }).map(function (skill) {
      return ofBoth(skill, b.skills.find(function (other) { return other.id === skill.id; }), titles);
    });
    list(part.querySelector("[data-skills=both]"), shared, "");
    sides.forEach(function (side, at) {
      var own = both[at], other = both[1 - at];
      list(part.querySelector("[data-skills=" + side + "]"), own.skills.filter(function (skill) { return !has(other.skills, skill); }), titles[side]);
      list(part.querySelector("[data-duties=" + side + "]"), own.role.responsibilities.filter(function (duty) { return !other.role.responsibilities.includes(duty); }).map(plain), titles[side]);
    });
    part.querySelectorAll(".compare-columns").forEach(function (columns) {
      if (columns.children.length) return;
      columns.previousElementSibling.remove();
      columns.remove();
    });
    result.replaceChildren(part);
    result.hidden = false;
    status.textContent = fill(status.dataset.done, titles);
  }

  // The facts of both in one order, as the pages that are ready have them.
  function rows(a, b) {
    var rest = b.slice(), all = [];
    a.forEach(function (fact) {
      var at = rest.findIndex(function (other) { return other.id === fact.id; });
      if (at > 0) rest.splice(0, at).forEach(function (other) { all.push([null, other]); });
      all.push([fact, at < 0 ? null : rest.shift()]);
    });
    return all.concat(rest.map(function (other) { return [null, other]; }));
  }

  function row(pair, both) {
    var tr = document.createElement("tr"), head = add(tr, "th", (pair[0] || pair[1]).label);
    head.scope = "row";
    pair.forEach(function (fact, at) {
      var cell = add(tr, "td", fact ? "" : "–");
      if (!fact) return;
      add(cell, "span", fact.text).className = "compare-fact";
      if (fact.note) { cell.append(" "); add(cell, "span", fact.note).className = "note"; }
      if (!fact.claim || !fact.claim.text) return;
      var around = empty.dataset.source.split("{source}"), claim = add(cell, "p", around[0]), url = fact.claim.source && fact.claim.source.url;
      claim.className = "claim";
      if (url) add(claim, "a", fact.claim.text).href = here(url, both[at].role); else claim.append(fact.claim.text);
      claim.append(around[1] || "");
    });
    return tr;
  }

  // A skill of both. Where they want it in different ways, it is told what it is to each.
  function ofBoth(skill, other, titles) {
    var both = skill.importance === "optional" && other.importance === "optional", said = empty.dataset;
    var standings = [skill, other].map(function (one) { return [one.one_of, one.importance === "optional" && !both && said.optional].filter(Boolean).join(said.list); });
    var note = standings[0] === standings[1] ? standings[0] : standings.map(function (text, at) {
      return text && fill(said.in, { role: titles[sides[at]], text: text });
    }).filter(Boolean).join(said.parts);
    return { name: skill.name, importance: both ? "optional" : "essential", one_of: note };
  }

  // Fills a heading and a list of skills or texts, or takes both away.
  function list(block, all, role) {
    var heading = block.querySelector("h4"), items = block.querySelector("ul");
    if (!all.length) { block.remove(); return; }
    if (role) heading.textContent = fill(heading.textContent, { role: role });
    all.forEach(function (one) {
      var item = add(items, "li", one.name || one);
      if (one.one_of) add(item, "span", " " + one.one_of).className = "need-note";
      if (one.importance === "optional") add(item, "span", " " + empty.dataset.optional).className = "need-note";
    });
  }

  function add(parent, tag, text) {
    var element = document.createElement(tag);
    element.textContent = text;
    parent.append(element);
    return element;
  }
  function fill(text, values) { return text.replace(/\{(\w+)\}/g, function (whole, key) { return key in values ? values[key] : whole; }); }
  function has(skills, skill) { return skills.some(function (other) { return other.id === skill.id; }); }
  // Texts are HTML in the JSON; what is shown of them is their words.
  function plain(html) { return new DOMParser().parseFromString(html, "text/html").body.textContent; }
})();
