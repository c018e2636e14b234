// Where a query runs: on the server beside the page, or, where the host has none, in this browser.
// A backend has `where` (a sentence for the reader) and `ask(query, graph, signal)`: the text of the
// answer, or a QueryError.

import { explained } from "./mistakes.js";

/**
 * What went wrong, in words for the reader, with line and column (from 1) where they are known;
 * `expected` is what the parser would have taken there.
 */
export class QueryError extends Error {
  constructor(message, { query = "", line = 0, column = 0 } = {}) {
    const { say, expected } = explained(message, query, line, column);
    super(line ? `Line ${line}, column ${column}: ${say}` : say);
    Object.assign(this, { line, column, expected });
  }
}

const RESULTS = "application/sparql-results+json";
const accept = (graph) => (graph ? "text/turtle" : RESULTS);

/** The backend for this page. Asks the endpoint once; a host without one answers anything else. */
export async function choose({ endpoint, data, engine, seconds }, report) {
  const probe = new URL(endpoint);
  probe.searchParams.set("query", "ASK {}");
  try {
    const response = await fetch(probe, { headers: { Accept: RESULTS } });
    const isAnswer = response.ok && response.headers.get("Content-Type")?.startsWith(RESULTS);
    if (isAnswer && "boolean" in (await response.json())) return new Server(endpoint);
  } catch {
    // No network, or no JSON: the browser can still answer.
  }
  return new Browser(data, engine, seconds, report);
}

class Server {
  constructor(endpoint) {
    this.endpoint = endpoint;
    this.kind = "server";
    this.where = `Queries run on the server, at ${new URL(endpoint).pathname}.`;
  }

  async ask(query, graph, signal) {
    const response = await fetch(this.endpoint, {
      method: "POST",
      headers: { "Content-Type": "application/sparql-query", Accept: accept(graph) },
      body: query,
      signal,
    }).catch((error) => {
      if (signal.aborted) throw new QueryError("Stopped.");
      throw new QueryError(`The server cannot be reached (${error.message}).`);
    });
    const text = await response.text();
    if (response.ok) return text;
    throw problem(response, text, query);
  }
}

/** RFC 9457: the words of the server where it sent any. */
function problem(response, text, query) {
  try {
    const { title, detail, line, column } = JSON.parse(text);
    return new QueryError(detail || title || response.statusText, { query, line, column });
  } catch {
    return new QueryError(`The server answered ${response.status} ${response.statusText}.`);
  }
}

class Browser {
  constructor(data, engine, seconds, report) {
    Object.assign(this, { data, engine, seconds, report, kind: "browser", worker: null, last: 0 });
    const name = new URL(data).pathname.split("/").pop();
    this.where = `This host runs no queries: they run in your browser, over ${name}.`;
  }

  start() {
    const url = new URL(this.engine);
    url.searchParams.set("data", this.data);
    this.report("Loading the data …");
    this.worker = new Worker(url, { type: "module" });
    this.ready = new Promise((resolve, reject) => {
      this.worker.addEventListener("message", ({ data }) => data.size && resolve(data.size));
      this.worker.addEventListener("error", () =>
        reject(new QueryError("The engine cannot be started in this browser.")),
      );
    });
  }

  /** The clock of the limit starts when the data are there. */
  async ask(query, graph, signal) {
    if (!this.worker) this.start();
    const id = (this.last += 1);
    const { worker } = this;
    return new Promise((resolve, reject) => {
      let clock = 0;
      const settle = (done, value) => {
        clearTimeout(clock);
        worker.removeEventListener("message", listen);
        done(value);
      };
      const end = (message) => {
        worker.terminate();
        this.worker = null;
        settle(reject, new QueryError(message));
      };
      const listen = ({ data }) => {
        if (data.id !== id) return;
        if (data.error) settle(reject, located(data.error, query));
        else settle(resolve, data.text);
      };
      worker.addEventListener("message", listen);
      signal.addEventListener("abort", () => end("Stopped."), { once: true });
      this.ready.then(
        (size) => {
          this.report(`Running over ${size.toLocaleString("en")} triples …`);
          clock = setTimeout(() => end(`Stopped after ${this.seconds} seconds.`), this.seconds * 1000);
        },
        (error) => end(error.message),
      );
      worker.postMessage({ id, query, graph });
    });
  }
}

/** Oxigraph says «error at 3:5: …». */
function located(message, query) {
  const [, line, column, rest] = /^error at (\d+):(\d+): (.*)$/s.exec(message) ?? [];
  return new QueryError(rest ?? message, { query, line: Number(line ?? 0), column: Number(column ?? 0) });
}
