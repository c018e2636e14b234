// Comunica as a client of an endpoint: `node comunica.mjs ENDPOINT < queries.json`, where the input is
// an object of name and query. Writes an object of name and answer: a boolean, or rows of terms.

import { QueryEngine } from "@comunica/query-sparql";
import { readFileSync } from "node:fs";

const [, , endpoint] = process.argv;
const engine = new QueryEngine();
const context = { sources: [{ type: "sparql", value: endpoint }] };

const term = (value) =>
  value.termType === "Literal"
    ? [value.termType, value.value, value.language, value.datatype.value]
    : [value.termType, value.termType === "BlankNode" ? "" : value.value];

async function ask(query) {
  const result = await engine.query(query, context);
  const answer = await result.execute();
  if (result.resultType === "boolean") return answer;
  const rows = await answer.toArray();
  return result.resultType === "bindings"
    ? rows.map((row) => Object.fromEntries([...row].map(([name, value]) => [name.value, term(value)])))
    : rows.map((quad) => [term(quad.subject), term(quad.predicate), term(quad.object)]);
}

const answers = {};
for (const [name, query] of Object.entries(JSON.parse(readFileSync(0, "utf8")))) {
  answers[name] = await ask(query);
}
process.stdout.write(JSON.stringify(answers));
