"use strict";
// Filters over what the page already shows; without this script everything is there to read.
(() => {
  const form = document.getElementById("filters");
  if (!form) return;
  const items = [...document.querySelectorAll(".findings > li")];
  const status = document.getElementById("shown");
  const search = form.elements.text;
  const texts = new WeakMap();
  const textOf = (item) => {
    if (!texts.has(item)) texts.set(item, item.textContent.toLowerCase());
    return texts.get(item);
  };

  const fill = (select, key) => {
    const counts = new Map();
    for (const item of items) counts.set(item.dataset[key], (counts.get(item.dataset[key]) || 0) + 1);
    for (const name of [...counts.keys()].sort()) {
      const option = document.createElement("option");
      option.value = name;
      option.textContent = `${name} (${counts.get(name)})`;
      select.append(option);
    }
  };
  fill(form.elements.control, "control");
  fill(form.elements.namespace, "namespace");

  const checked = (name) => new Set([...form.querySelectorAll(`input[name=${name}]:checked`)].map((box) => box.value));
  const apply = () => {
    const severities = checked("severity"), verdicts = checked("verdict");
    const control = form.elements.control.value, namespace = form.elements.namespace.value;
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const item of items) {
      const data = item.dataset;
      const fits = severities.has(data.severity) && verdicts.has(data.verdict) && (!control || data.control === control) &&
        (!namespace || data.namespace === namespace) && words.every((word) => textOf(item).includes(word));
      item.hidden = !fits;
      if (fits) ++shown;
    }
    status.textContent = shown === items.length ? `All ${shown} are shown.` : `${shown} of ${items.length} are shown.`;
  };
  const open = (wanted) => {
    for (const item of items) if (!item.hidden) item.firstElementChild.open = wanted;
  };

  let waiting = 0;
  form.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(apply, 60); });
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(apply));
  document.getElementById("open-all").addEventListener("click", () => open(true));
  document.getElementById("close-all").addEventListener("click", () => open(false));
  // A control's name anywhere leads to its findings.
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-show]");
    if (!link) return;
    event.preventDefault();
    form.reset();
    form.elements.control.value = link.dataset.show;
    setTimeout(() => { apply(); document.getElementById("findings").scrollIntoView(); form.elements.control.focus({preventScroll: true}); });
  });
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input, select, textarea");
    if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      search.focus();
      search.select();
    } else if (event.key === "Escape" && event.target === search) {
      search.value = "";
      apply();
    }
  });
  form.hidden = false;
  apply();
})();
