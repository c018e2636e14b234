// A web worker: the SPARQL engine of the server (Oxigraph), here in the browser, over the published
// N-Triples. Takes {id, query, graph} and answers {id, text} or {id, error}; first it says {size}.
// The page stops it by ending the worker: nothing inside can be interrupted.

import init, { Store } from "oxigraph";

const loaded = load(new URL(new URL(self.location.href).searchParams.get("data")));

async function load(data) {
  const [response] = await Promise.all([
    fetch(data),
    init({ module_or_path: new URL("oxigraph.wasm", self.location.href) }),
  ]);
  if (!response.ok) throw new Error(`${data}: ${response.status} ${response.statusText}`);
  const store = new Store();
  store.load(new Uint8Array(await response.arrayBuffer()), {
    format: "application/n-triples",
    no_transaction: true,
  });
  self.postMessage({ size: store.size });
  return store;
}

self.addEventListener("message", async ({ data: { id, query, graph } }) => {
  try {
    const results_format = graph ? "text/turtle" : "application/sparql-results+json";
    self.postMessage({ id, text: (await loaded).query(query, { results_format }) });
  } catch (error) {
    self.postMessage({ id, error: String(error?.message ?? error) });
  }
});
