// The answer as the reader sees it. All text is set as text, never as markup.

import { element } from "./dom.js";

const PAGE = 100;
const XSD_STRING = "http://www.w3.org/2001/XMLSchema#string";

/** Shortens IRIs by the longest prefix that fits, and finds the page of one that is ours. */
export class Names {
  constructor(prefixes, base, site) {
    this.prefixes = Object.entries(prefixes).sort(([, a], [, b]) => b.length - a.length);
    Object.assign(this, { base, site });
  }

  curie(iri) {
    const [name, space] = this.prefixes.find(([, start]) => iri.startsWith(start)) ?? [];
    const rest = space && iri.slice(space.length);
    return rest && !/[/#?]/.test(rest) ? `${name}:${rest}` : "";
  }

  /** Parts of a claim or of a set of mappings are on its page. */
  page(iri) {
    if (!iri.startsWith(this.base)) return iri;
    const local = iri.slice(this.base.length);
    const [path] = /^(MILIA_\d+|(claim|source|vocab|mappings|queries|shapes)\/[^/#]+)/.exec(local) ?? [];
    return path ? new URL(`${path}.html`, this.site).href : iri;
  }
}

/** A cell; the name of its column is shown where a row is too wide for the screen. */
function cell(term, names, column) {
  const made = content(term, names);
  made.dataset.column = column;
  return made;
}

function content(term, names) {
  if (!term) return element("td");
  if (term.type === "uri") {
    const curie = names.curie(term.value);
    const attributes = { href: link(names.page(term.value)), title: term.value };
    if (curie) attributes.class = "sparql-curie";
    return element("td", {}, element("a", attributes, curie || term.value));
  }
  if (term.type === "literal") {
    const { "xml:lang": language, datatype } = term;
    const type = datatype && datatype !== XSD_STRING ? `^^${names.curie(datatype) || datatype}` : "";
    const mark = language ? `@${language}` : type;
    const value = element("span", { lang: language, dir: "auto" }, term.value);
    return element("td", {}, value, mark && element("small", {}, ` ${mark}`));
  }
  return element("td", {}, term.type === "bnode" ? `_:${term.value}` : JSON.stringify(term.value));
}

/** Data may name any scheme; a click must only ever open a web page. */
const link = (iri) => (/^https?:/i.test(iri) ? iri : undefined);

/** The table of a SELECT, a page of rows at a time. */
function table({ head: { vars }, results: { bindings } }, names) {
  const body = element("tbody");
  const more = element("button", { type: "button", class: "sparql-more" }, "Show more rows");
  const grow = () => {
    const from = body.rows.length;
    for (const [index, row] of bindings.slice(from, from + PAGE).entries()) {
      const number = element("th", { scope: "row" }, String(from + index + 1));
      body.append(element("tr", {}, number, ...vars.map((name) => cell(row[name], names, name))));
    }
    more.hidden = body.rows.length >= bindings.length;
  };
  more.addEventListener("click", grow);
  grow();
  const columns = vars.map((name) => element("th", { scope: "col" }, name));
  const first = element("td");
  const header = element("thead", {}, element("tr", {}, first, ...columns));
  const wide = element(
    "div",
    { class: "sparql-table", tabindex: "0", role: "region", "aria-label": "Rows" },
    element("table", { class: vars.length > 2 && "stacked" }, header, body),
  );
  return [wide, more];
}

/** SPARQL 1.1 Query Results CSV: values only, quoted where they must be (RFC 4180). */
export function csv({ head: { vars }, results: { bindings } }) {
  const quoted = (text) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  const value = (term) => (term?.type === "bnode" ? `_:${term.value}` : (term?.value ?? ""));
  const rows = bindings.map((row) => vars.map((name) => quoted(value(row[name]))));
  return [vars, ...rows].map((row) => `${row.join(",")}\r\n`).join("");
}

function download(label, name, type, text) {
  const button = element("button", { type: "button" }, label);
  button.addEventListener("click", () => {
    const url = URL.createObjectURL(new Blob([text()], { type }));
    element("a", { href: url, download: name }).click();
    setTimeout(() => URL.revokeObjectURL(url), 1000);
  });
  return button;
}

/** What to show for the text of an answer, and one sentence about it. */
export function render(text, graph, names) {
  if (graph) {
    const save = download("Turtle", "answer.ttl", "text/turtle", () => text);
    return { say: "A graph, as Turtle.", nodes: [element("pre", { tabindex: "0" }, text)], save: [save] };
  }
  const answer = JSON.parse(text);
  const json = download("JSON", "answer.json", "application/sparql-results+json", () => text);
  if ("boolean" in answer) {
    const word = answer.boolean ? "Yes" : "No";
    return { say: `${word}.`, nodes: [element("p", { class: "sparql-yes-no" }, word)], save: [json] };
  }
  const count = answer.results.bindings.length;
  const say = count === 1 ? "1 row" : `${count.toLocaleString("en")} rows`;
  if (!count) return { say: "No rows", nodes: [], save: [json] };
  const save = [download("CSV", "answer.csv", "text/csv", () => csv(answer)), json];
  return { say, nodes: table(answer, names), save };
}
