// Search over labels, synonyms and codes that forgives typing mistakes. Makes a combobox (WAI-ARIA
// APG, list autocomplete) out of the input of each form with role="search", and lists in #results
// what ?q= asks for. Without this script the form leads to the page of all names.

import MiniSearch from "minisearch";
import { element } from "./dom.js";
import "./search.css";

const SHOWN = 12;
const NO_WORD = /[^\p{L}\p{N}]+/u;
const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

/** Words, and beside them what is written in one piece: a code, with its prefix and without. */
function tokens(text) {
  const whole = [/\s+/, /[\s:]+/, NO_WORD].flatMap((between) => fold(text).split(between));
  return [...new Set(whole)].filter(Boolean);
}

/**
 * The search over search.json: `pages` are [address, label, id, definition], `names` are
 * [name, number of its page, number of its kind] and, for a code that must not be used for it, the
 * reason. Gives a function from what was typed to the best {path, label, also, kind, why}: `also` is
 * the name or code that fits where the label does not, `why` the reason.
 */
export function index({ pages, names, kinds }) {
  const engine = new MiniSearch({
    fields: ["name"],
    idField: "number",
    tokenize: tokens,
    processTerm: (term) => term,
  });
  engine.addAll(names.map(([name], number) => ({ name, number })));
  // A code is meant as it is written; of a word of three letters every other is a neighbour.
  const slips = (most) => (term) => (/\p{N}/u.test(term) || term.length < 4 ? false : most);
  const options = { tokenize: asTyped, prefix: (term) => term.length > 1, combineWith: "AND" };
  // From strict to lenient: the first that finds anything.
  const ways = [{ fuzzy: slips(1) }, { fuzzy: slips(2) }, { fuzzy: slips(2), combineWith: "OR" }];
  return (typed) => {
    const wanted = fold(typed).trim();
    if (!wanted) return [];
    let hits = [];
    for (const way of ways) {
      hits = engine.search(typed, { ...options, ...way });
      if (hits.length) break;
    }
    const best = new Map();
    for (const { id, score } of hits) {
      const [name, page, kind, why = ""] = names[id];
      const [path, label] = pages[page];
      const plain = fold(name);
      // «milium» is meant by «milum» rather than «colloid milium»: less of it is left unasked.
      const share = length(wanted) / Math.max(length(plain), length(wanted));
      const isMeant = plain === wanted || plain.endsWith(`:${wanted}`);
      // What a code does not mean comes after all that it means.
      const rank = score * share * (isMeant ? 100 : 1) * (name === label ? 1.2 : 1) * (why ? 1e-6 : 1);
      const also = name === label ? "" : name;
      if (!(best.get(page)?.rank >= rank)) best.set(page, { path, label, also, kind: kinds[kind], why, rank });
    }
    return [...best.values()].sort((a, b) => b.rank - a.rank).slice(0, SHOWN);
  };
}

/** A query is taken in pieces as typed, so that «L72.0» is not «L72» and «0». */
function asTyped(text) {
  const pieces = fold(text).split(/\s+/).filter(Boolean);
  return pieces.flatMap((piece) => (/\p{N}/u.test(piece) ? [piece] : piece.split(NO_WORD).filter(Boolean)));
}

const length = (text) => text.split(NO_WORD).filter(Boolean).length;

const site = () => new URL("..", import.meta.url);
let loading = null;

/** The function of `index`, loaded once a page; a failed load may be tried again. */
function load() {
  loading ??= fetch(new URL("search.json", site()))
    .then((answer) => (answer.ok ? answer.json() : Promise.reject(new Error(answer.statusText))))
    .then(index)
    .catch((error) => {
      loading = null;
      throw error;
    });
  return loading;
}

/** Makes the input of a search form a combobox; Enter without a choice sends the form. */
function combobox(input, number) {
  const id = `find-list-${number}`;
  const list = element("ul", { id, role: "listbox", "aria-label": "Found", hidden: true, class: "find-list" });
  const status = element("span", { role: "status", class: "find-status" });
  const roles = { role: "combobox", "aria-autocomplete": "list", "aria-controls": id };
  for (const [name, value] of Object.entries(roles)) input.setAttribute(name, value);
  input.setAttribute("aria-expanded", "false");
  input.after(list, status);
  let active = -1;

  const close = () => {
    list.hidden = true;
    list.children[active]?.setAttribute("aria-selected", "false");
    active = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };
  const mark = (position) => {
    const options = [...list.children];
    options[active]?.setAttribute("aria-selected", "false");
    active = (position + options.length) % options.length;
    options[active].setAttribute("aria-selected", "true");
    options[active].scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", options[active].id);
  };
  const show = (found) => {
    close();
    list.replaceChildren(...found.map((hit, position) => option(hit, `${id}-${position}`)));
    status.textContent = `${found.length} found`;
    list.hidden = !found.length;
    input.setAttribute("aria-expanded", String(!list.hidden));
  };
  const search = async () => {
    const typed = input.value;
    try {
      const find = await load();
      if (typed !== input.value) return; // More was typed meanwhile.
      if (typed.trim()) show(find(typed));
      else close();
    } catch {
      status.textContent = "The index cannot be loaded; Enter leads to all names.";
    }
  };
  const acts = {
    ArrowDown: () => (list.hidden ? search() : mark(active + 1)),
    ArrowUp: () => list.hidden || mark(active < 0 ? -1 : active - 1),
    Enter: () => list.children[active].click(),
    Escape: close,
  };
  input.addEventListener("focus", () => load().catch(() => {}), { once: true });
  input.addEventListener("input", search);
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    const isOurs = event.key === "Enter" ? active >= 0 : event.key !== "Escape" || !list.hidden;
    if (event.isComposing || !acts[event.key] || !isOurs) return;
    event.preventDefault();
    acts[event.key]();
  });
}

const words = ({ label, also, kind, why }) => [
  why && element("strong", {}, "not "),
  element("span", { class: "find-label", dir: "auto" }, label),
  also && element("span", { class: "find-also" }, why ? ": " : ` ${kind} `, element("bdi", {}, also)),
  why && element("span", { class: "find-also" }, `. ${why}`),
];

/** The page of a hit; that of a code which must not be used leads to where the page says so. */
const address = ({ path, why }) => new URL(why ? `${path}#mappings` : path, site());

function option(hit, id) {
  const made = element("li", { id, role: "option", "aria-selected": "false" }, ...words(hit));
  made.addEventListener("mousedown", (event) => event.preventDefault()); // Keeps the focus.
  made.addEventListener("click", () => location.assign(address(hit)));
  return made;
}

/** search.html?q=…: what was found, as a list of links in #results. */
async function results(place, input) {
  const typed = new URLSearchParams(location.search).get("q")?.trim();
  if (!typed) return;
  input.value = typed;
  const found = (await load())(typed);
  const said = found.length ? `Found for “${typed}”` : `Nothing is called “${typed}”, nor nearly so.`;
  const links = found.map((hit) =>
    element("li", {}, element("a", { href: address(hit).href }, ...words(hit))),
  );
  place.replaceChildren(element("p", {}, said), element("ul", { class: "find-results" }, ...links));
}

if (typeof document !== "undefined") {
  const inputs = [...document.querySelectorAll('form[role="search"] input[type="search"]')];
  inputs.forEach(combobox);
  const place = document.getElementById("results");
  if (place && inputs.length) results(place, inputs.at(-1)).catch(() => {});
}
