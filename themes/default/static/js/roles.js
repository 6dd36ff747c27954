// Filters and sorts the table of all roles. All of it stands in the page; what was chosen stands in the address.
(function () {
  var form = document.querySelector(".role-filter"), table = document.querySelector(".role-table");
  if (!form || !table) return;
  var fields = {}, status = form.querySelector("[role=status]"), jump = form.parentElement.querySelector(".jump");
  var heads = Array.from(table.tHead.rows[0].cells), letters = Array.from(table.tBodies), sorted = document.createElement("tbody");
  var rows = Array.from(table.querySelectorAll("tr[data-category]")).map(function (row, at) {
    return { row: row, at: at, letter: row.parentElement, kind: row.dataset.kind || row.dataset.unit, pay: number(row.dataset.pay), growth: number(row.dataset.growth) };
  });
  // Dollars and euros do not compare: with both there is no order of pay. Base pay and total pay do not either, but each has its own
  // order: what most roles have comes first, and is what "at least" is about.
  var counts = {}, kinds, currencies = new Set();
  rows.forEach(function (one) {
    if (!one.kind) return;
    counts[one.kind] = (counts[one.kind] || 0) + 1;
    currencies.add(one.kind.split("/")[0]);
  });
  kinds = Object.keys(counts).sort(function (a, b) { return counts[b] - counts[a] || (a < b ? -1 : 1); });
  // An hour's pay and a year's compare as pay of a year.
  kinds.forEach(function (kind) {
    var own = rows.filter(function (one) { return one.kind === kind; }), isMixed = own.some(function (one) { return one.row.dataset.unit !== own[0].row.dataset.unit; });
    own.forEach(function (one) { if (isMixed) one.pay = number(one.row.dataset.payYear); });
    if (kind === kinds[0]) tellUnit(own[0].row.dataset, isMixed);
  });
  var NAMES = ["category", "education", "pay", "growth", "sort"], before = "";
  NAMES.forEach(function (name) { fields[name] = form.querySelector('[name="' + name + '"]'); });

  function tellUnit(own, perYear) {
    var note = form.querySelector("[data-words]");
    if (!note) return;
    var values = { currency: own.unit.split("/")[0], period: perYear ? note.dataset.year : own.period };
    note.textContent = note.dataset.words.replace(/\{(\w+)\}/g, function (whole, key) { return values[key] || whole; });
  }
  function number(text) { return text === undefined ? NaN : Number(text); }
  function fits(one) {
    var own = one.row.dataset, growth = fields.growth.value;
    return (!fields.category.value || own.category === fields.category.value)
      && (!fields.education.value || own.education.split(" ").includes(fields.education.value))
      && (!fields.pay.value || (one.kind === kinds[0] && one.pay >= Number(fields.pay.value)))
      && (!growth || (growth === "up" ? one.growth > 0 : one.growth < 0));
  }
  // By a figure, the highest first; what has none comes last, and of equal ones the first in the alphabet is the first.
  function sort(by) {
    if (by === before) return;
    before = by;
    letters.forEach(function (body) { body.hidden = Boolean(by); });
    if (jump) jump.hidden = Boolean(by);
    if (!by) {
      rows.forEach(function (one) { one.letter.append(one.row); });
      sorted.remove();
    } else {
      var value = function (one) { return isNaN(one[by]) ? -Infinity : one[by]; };
      var rank = function (one) { return by === "pay" ? (one.kind ? kinds.indexOf(one.kind) : kinds.length) : 0; };
      var order = rows.slice().sort(function (a, b) { return rank(a) - rank(b) || (value(a) === value(b) ? a.at - b.at : value(b) - value(a)); });
      sorted.append.apply(sorted, order.map(function (one) { return one.row; }));
      table.append(sorted);
    }
    heads.forEach(function (head) {
      if (head.dataset.sort === by) head.setAttribute("aria-sort", by ? "descending" : "ascending"); else head.removeAttribute("aria-sort");
    });
  }
  function show() {
    var shown = 0;
    rows.forEach(function (one) {
      one.row.hidden = !fits(one);
      if (!one.row.hidden) shown++;
    });
    sort(fields.sort.value);
    if (!fields.sort.value) letters.forEach(function (body) { body.hidden = !body.querySelector("tr[data-category]:not([hidden])"); });
    table.hidden = !shown;
    status.textContent = shown ? status.dataset.shown.replace("{shown}", shown.toLocaleString(document.documentElement.lang)) : status.dataset.none;
    var url = new URL(location.href);
    NAMES.forEach(function (name) { if (fields[name].value) url.searchParams.set(name, fields[name].value); else url.searchParams.delete(name); });
    if (url.href !== location.href) history.replaceState(null, "", url);
  }
  // A choice that no role offers is none.
  Array.from(fields.category.options).concat(Array.from(fields.education.options)).forEach(function (option) {
    var name = option.parentElement.name;
    var has = rows.some(function (one) { return name === "category" ? one.row.dataset.category === option.value : one.row.dataset.education.split(" ").includes(option.value); });
    if (option.value && !has) option.remove();
  });
  [["category", 3], ["education", 2]].forEach(function (least) { fields[least[0]].parentElement.hidden = fields[least[0]].options.length < least[1]; });
  [["pay", currencies.size === 1], ["growth", rows.some(function (one) { return !isNaN(one.growth); })]].forEach(function (figure) {
    fields[figure[0]].parentElement.hidden = !figure[1];
    if (!figure[1]) fields.sort.querySelector('[value="' + figure[0] + '"]').remove();
  });
  var asked = new URL(location.href).searchParams;
  NAMES.forEach(function (name) { if (asked.get(name) && !fields[name].parentElement.hidden) fields[name].value = asked.get(name); if (fields[name].selectedIndex === -1) fields[name].selectedIndex = 0; });
  form.addEventListener("input", show);
  form.querySelector("button").addEventListener("click", function () {
    NAMES.forEach(function (name) { fields[name].value = ""; });
    show();
  });
  if (NAMES.some(function (name) { return fields[name].value; })) form.open = true;
  form.hidden = false;
  show();
})();
