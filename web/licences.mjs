// What is bundled, from whom, under which licence: the text of licenses.txt. Throws where a licence
// is not known to go with Apache-2.0.

import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";

const COMPATIBLE = new Set(["MIT", "ISC", "BSD-2-Clause", "BSD-3-Clause", "Apache-2.0", "0BSD"]);

// For packages that state MIT and come without a text of their own.
const MIT = `Permission is hereby granted, free of charge, to any person obtaining a copy of this software and
associated documentation files (the "Software"), to deal in the Software without restriction,
including without limitation the rights to use, copy, modify, merge, publish, distribute,
sublicense, and/or sell copies of the Software, and to permit persons to whom the Software is
furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or
substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT
NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND
NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM,
DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT
OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.
`;

const described = async (root, name) =>
  JSON.parse(await readFile(join(root, "node_modules", name, "package.json"), "utf8"));

/** The packages of the bundled files and, as some packages come bundled, all that those need. */
async function closure(root, inputs) {
  const open = inputs
    .map((path) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1])
    .filter(Boolean);
  const found = new Map();
  while (open.length) {
    const name = open.pop();
    if (found.has(name)) continue;
    const about = await described(root, name);
    found.set(name, about);
    open.push(...Object.keys(about.dependencies ?? {}).filter((n) => !n.startsWith("@types/")));
  }
  return [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, about]) => about);
}

/** The one licence of an expression such as `(MIT OR Apache-2.0)` that we take. */
function taken({ name, license = "" }) {
  const offered = license.replace(/[()]/g, "").split(" OR ");
  const chosen = offered.find((id) => COMPATIBLE.has(id));
  if (!chosen) throw new Error(`${name}: licence "${license}" is not known to fit Apache-2.0`);
  return chosen;
}

async function text(root, about, licence) {
  const folder = join(root, "node_modules", about.name);
  const file = (await readdir(folder)).sort().find((n) => /^licen[cs]e/i.test(n));
  if (file) return readFile(join(folder, file), "utf8");
  if (licence !== "MIT") throw new Error(`${about.name}: comes without the text of ${licence}`);
  const people = [about.author, ...(about.contributors ?? [])]
    .map((person) => (typeof person === "string" ? person : person?.name))
    .filter(Boolean);
  const holders = people.length ? people : [`the authors of ${about.name}`];
  return `Copyright (c) ${holders.join(", ")}\n\n${MIT}`;
}

/** The text of licenses.txt for these input files of esbuild. */
export async function licences(root, inputs) {
  const parts = ["The scripts of this site contain the following packages.\n"];
  for (const about of await closure(root, inputs)) {
    const licence = taken(about);
    const body = (await text(root, about, licence)).replaceAll("\r", "").trim();
    parts.push(`${about.name} ${about.version} (${licence})\n\n${body}\n`);
  }
  return parts.join(`\n${"-".repeat(80)}\n\n`);
}
