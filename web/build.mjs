// Builds web/dist: `node build.mjs [folder]`. The same sources and lock give the same bytes.

import { build } from "esbuild";
import { copyFile, mkdir, rm, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { licences } from "./licences.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const out = resolve(process.argv[2] ?? join(here, "dist"));

await rm(out, { recursive: true, force: true });
await mkdir(out, { recursive: true });
const { metafile } = await build({
  absWorkingDir: here,
  entryPoints: ["src/engine.js", "src/search.js", "src/sparql.js"],
  outdir: out,
  bundle: true,
  format: "esm",
  target: ["es2022"],
  minify: true,
  charset: "utf8",
  legalComments: "none", // all notices are in licenses.txt
  metafile: true,
  logLevel: "warning",
});
await copyFile(join(here, "node_modules/oxigraph/web_bg.wasm"), join(out, "oxigraph.wasm"));
await writeFile(join(out, "licenses.txt"), await licences(here, Object.keys(metafile.inputs)));
