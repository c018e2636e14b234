// Opens pages in Debian's Chromium and notes what must not happen: messages of the console, errors,
// violations of the Content Security Policy, failed requests, requests to another host.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { chromium } from "playwright-core";

export const PATH = process.env.CHROMIUM ?? "/usr/bin/chromium";

/** Runs `visit(page, notes)` in a fresh profile; what it returns, with the notes. */
export async function withPage(origin, visit, options = {}) {
  const browser = await chromium.launch({ executablePath: PATH, args: ["--no-sandbox"] });
  try {
    const context = await browser.newContext(options);
    const notes = { console: [], errors: [], violations: [], foreign: [], failed: [] };
    await context.exposeBinding("noteViolation", (_source, text) => notes.violations.push(text));
    await context.addInitScript(() =>
      document.addEventListener("securitypolicyviolation", (event) =>
        window.noteViolation(`${event.effectiveDirective} ${event.blockedURI} ${event.sourceFile}`),
      ),
    );
    const page = await context.newPage();
    page.on("console", (message) => notes.console.push(`${message.type()}: ${message.text()}`));
    page.on("pageerror", (error) => notes.errors.push(String(error)));
    context.on("request", (request) => {
      const url = new URL(request.url());
      if (url.protocol !== "blob:" && url.origin !== origin) notes.foreign.push(request.url());
    });
    context.on("requestfailed", (request) => notes.failed.push(request.url()));
    const seen = await visit(page, notes);
    return { ...seen, ...notes };
  } finally {
    await browser.close();
  }
}

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** What axe finds on a page as it is now: rule, impact, help and the elements. */
export async function axeFindings(page) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => window.axe.run({ resultTypes: ["violations"] }));
  return violations.map(({ id, impact, help, nodes }) => ({
    rule: id,
    impact,
    help,
    targets: nodes.map((node) => node.target.join(" ")),
  }));
}
