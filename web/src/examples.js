// The questions that come with the release, by theme, with a field that narrows the list.

import { element } from "./dom.js";

/** The list: links of the kind that the page follows. */
export function examplesPanel(examples) {
  const field = element("input", { type: "search", id: "sparql-filter", autocomplete: "off" });
  const label = element("label", { for: "sparql-filter" }, `Find among ${examples.length} questions`);
  const themes = new Map();
  for (const example of examples) {
    const address = `#example=${encodeURIComponent(example.name)}`;
    const item = element("li", {}, element("a", { href: address }, example.question));
    const words = `${example.question} ${example.keywords} ${example.name}`.toLowerCase();
    if (!themes.has(example.theme)) themes.set(example.theme, []);
    themes.get(example.theme).push({ item, words });
  }
  const groups = [...themes].map(([theme, entries]) => {
    const list = element("ul", {}, ...entries.map(({ item }) => item));
    return { entries, node: element("div", {}, element("h3", {}, theme), list) };
  });
  const none = element("p", { hidden: true }, "No question has these words.");
  field.addEventListener("input", () => {
    const wanted = field.value.toLowerCase().split(/\s+/).filter(Boolean);
    for (const { entries, node } of groups) {
      for (const { item, words } of entries) item.hidden = !wanted.every((word) => words.includes(word));
      node.hidden = entries.every(({ item }) => item.hidden);
    }
    none.hidden = groups.some(({ node }) => !node.hidden);
  });
  const again = ({ target }) => target.hash === location.hash && dispatchEvent(new Event("hashchange"));
  const list = element("div", { class: "sparql-list" }, ...groups.map(({ node }) => node), none);
  list.addEventListener("click", again); // The browser tells only of a new address.
  return element("div", {}, element("h2", {}, "Examples"), label, field, list);
}
