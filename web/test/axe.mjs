// Runs axe-core in Chromium on pages:
//
//   node axe.mjs [--dark] [--width PIXELS] [--wait SELECTOR] URL…
//
// With `-` for the URLs they are read from standard input, one a line.
// Writes one JSON object: {pages: number, violations: [{url, rule, impact, help, targets}]}; the exit
// code is 0 whatever is found, so that the caller judges. --wait lets scripts finish first. All rules of
// WCAG 2.2 A and AA and axe's best practices are on. Axe is put in past the page's Content Security
// Policy, which stays in force for the page itself.

import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { chromium } from "playwright-core";
import { axeFindings, PATH } from "./browser.mjs";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { dark: { type: "boolean" }, width: { type: "string" }, wait: { type: "string" } },
});
const named = positionals.join() === "-" ? readFileSync(0, "utf8").split("\n") : positionals;
const urls = named.filter(Boolean);
const PAGES_AT_ONCE = 2;

const browser = await chromium.launch({ executablePath: PATH, args: ["--no-sandbox"] });
const context = await browser.newContext({
  colorScheme: values.dark ? "dark" : "light",
  viewport: { width: Number(values.width ?? 1280), height: 900 },
});
const violations = [];
const open = [...urls];

async function work() {
  const page = await context.newPage();
  for (let url = open.shift(); url; url = open.shift()) {
    const answer = await page.goto(url);
    if (!answer?.ok()) throw new Error(`${url}: ${answer?.status()}`);
    if (values.wait) await page.waitForSelector(values.wait);
    violations.push(...(await axeFindings(page)).map((finding) => ({ url, ...finding })));
  }
}

try {
  await Promise.all(Array.from({ length: PAGES_AT_ONCE }, work));
} finally {
  await browser.close();
}
console.log(JSON.stringify({ pages: urls.length, violations }));
