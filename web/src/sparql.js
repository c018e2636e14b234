// The SPARQL page: fills #editor in the place of #plain, the form for readers without scripts. Beside this
// file lie editor.json (prefixes, examples, what VoID counts), engine.js and oxigraph.wasm; above it
// milia.nt and, where the host has one, the endpoint /sparql.

import { Yasqe } from "@zazuko/yasqe";
import "@zazuko/yasqe/build/yasqe.min.css";
import "./sparql.css";
import { choose } from "./backends.js";
import { install } from "./completion.js";
import { element } from "./dom.js";
import { examplesPanel } from "./examples.js";
import { Names, render } from "./results.js";
import { watchSyntax } from "./syntax.js";

const SECONDS = 60;
const mount = document.getElementById("editor");
if (mount) open(mount);

async function open(mount) {
  const site = new URL("..", import.meta.url);
  const response = await fetch(new URL("editor.json", import.meta.url));
  const known = await response.json();
  const names = new Names(known.prefixes, known.base, site);
  const parts = draw();
  mount.replaceChildren(...parts.all);
  const plain = document.getElementById("plain");
  const start = plain?.elements.query?.value ?? "";
  plain?.remove();

  install(Yasqe, known, names);
  const runner = new Runner(parts, names);
  const yasqe = makeEditor(parts.editor, runner);
  runner.yasqe = yasqe;
  parts.examples.append(examplesPanel(known.examples));
  runner.backend = await choose(
    {
      endpoint: new URL("sparql", site).href,
      data: new URL("milia.nt", site).href,
      engine: new URL("engine.js", import.meta.url).href,
      seconds: Number(mount.dataset.seconds ?? SECONDS),
    },
    (text) => runner.say(text),
  );
  parts.where.textContent = runner.backend.where;
  mount.dataset.backend = runner.backend.kind;
  runner.idle();
  const follow = () => fromAddress(known.examples, runner);
  addEventListener("hashchange", follow);
  if (!follow()) yasqe.setValue(start);
}

function draw() {
  const run = element("button", { type: "button", class: "sparql-run", disabled: true }, "Run");
  const stop = element("button", { type: "button", hidden: true }, "Stop");
  const editor = element("div", { class: "sparql-query" });
  const where = element("p", { class: "sparql-where" }, "Looking for an endpoint …");
  const status = element("p", { class: "sparql-status", role: "status" });
  const save = element("div", { class: "sparql-save" });
  const rows = element("div", { class: "sparql-results" });
  const examples = element("section", { class: "sparql-examples", "aria-label": "Examples" });
  const keys = "Ctrl+Enter runs the query, Ctrl+Space completes, Tab leaves the editor.";
  const hint = element("p", { class: "sparql-keys" }, keys);
  const bar = element("div", { class: "sparql-bar" }, run, stop, status, save);
  const main = element("div", { class: "sparql-main" }, where, editor, hint, bar);
  return { run, stop, editor, where, status, save, rows, examples, bar, all: [main, rows, examples] };
}

function makeEditor(parent, runner) {
  const run = () => runner.run();
  const yasqe = new Yasqe(parent, {
    persistenceId: null,
    consumeShareLink: null,
    createShareableLink: null,
    showQueryButton: false,
    resizeable: false,
    syntaxErrorCheck: false,
    editorHeight: "auto",
    viewportMargin: Infinity,
    screenReaderLabel: "SPARQL query",
    value: "",
    extraKeys: {
      "Ctrl-Enter": run,
      "Cmd-Enter": run,
      "Ctrl-S": false,
      "Ctrl-Space": () => {
        yasqe.isCompletionAsked = true;
        yasqe.autocomplete();
        yasqe.isCompletionAsked = false;
      },
      // Whoever uses the keyboard must be able to leave.
      Tab: false,
      "Shift-Tab": false,
    },
  });
  watchSyntax(yasqe);
  yasqe.on("autocompletionShown", (_, { hints }) => hints.setAttribute("aria-label", "Completions"));
  return yasqe;
}

/** One query at a time, what is said of it and what came out. */
class Runner {
  constructor(parts, names) {
    Object.assign(this, { parts, names, stopper: null, backend: null });
    parts.run.addEventListener("click", () => this.run());
    parts.stop.addEventListener("click", () => this.stopper?.abort());
  }

  say(text) {
    this.parts.status.textContent = text;
  }

  idle() {
    this.parts.run.disabled = false;
    this.parts.stop.hidden = true;
  }

  async run() {
    if (this.stopper || !this.backend) return;
    const query = this.yasqe.getValue();
    const { run, stop, rows, save } = this.parts;
    const type = this.yasqe.getQueryType();
    const graph = type === "CONSTRUCT" || type === "DESCRIBE";
    this.stopper = new AbortController();
    run.disabled = true;
    stop.hidden = false;
    rows.replaceChildren();
    save.replaceChildren();
    this.say("Running …");
    const start = performance.now();
    try {
      const text = await this.backend.ask(query, graph, this.stopper.signal);
      const shown = render(text, graph, this.names);
      const seconds = ((performance.now() - start) / 1000).toFixed(2);
      rows.replaceChildren(...shown.nodes);
      save.replaceChildren(...shown.save);
      this.say(`${shown.say} (${seconds} s)`);
    } catch (error) {
      rows.replaceChildren(...told(error));
      if (error.line) this.yasqe.getDoc().setCursor(error.line - 1, error.column - 1);
      this.say("The query gave no answer.");
    } finally {
      this.stopper = null;
      this.idle();
      this.show();
    }
  }

  /** On a small screen the answer may lie below it, and the examples below the answer. */
  show() {
    const { top } = this.parts.bar.getBoundingClientRect();
    if (top < 0 || top > innerHeight / 2) this.parts.bar.scrollIntoView();
  }
}

/** What went wrong; the parser's list of what it would have taken is there for whoever opens it. */
function told({ message, expected }) {
  const said = element("p", { class: "sparql-error" }, message);
  if (!expected) return [said];
  const list = element("pre", { tabindex: "0" }, expected);
  return [said, element("details", {}, element("summary", {}, "What could stand there"), list)];
}

/** #example=name and #query=text, as YASGUI writes it, are put into the editor and run. */
function fromAddress(examples, runner) {
  const asked = new URLSearchParams(location.hash.slice(1));
  const example = examples.find(({ name }) => name === asked.get("example"));
  const query = example?.query ?? asked.get("query");
  if (!query) return false;
  runner.yasqe.setValue(query);
  runner.run();
  return true;
}
