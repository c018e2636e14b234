// What a reader meets on the SPARQL page, as JSON: `node editor.mjs URL EXAMPLE [shots]`.

import { readFile } from "node:fs/promises";
import { axeFindings, withPage } from "./browser.mjs";

const SEPIO = "http://purl.obolibrary.org/obo/SEPIO_";
const [, , url, example, shots] = process.argv;
const origin = new URL(url).origin;
const status = (page) => page.locator(".sparql-status").textContent();
const settled = (page) =>
  page.waitForFunction(() => {
    const run = document.querySelector(".sparql-run");
    return run && !run.disabled && document.querySelector(".sparql-status").textContent;
  }, null, { timeout: 60000 });
const rows = (page) =>
  page.locator(".sparql-table tbody tr").evaluateAll((found) =>
    found.map((row) => [...row.querySelectorAll("td")].map((cell) => cell.innerText.trim())),
  );
const ask = async (page, query) => {
  await page.evaluate((text) => document.querySelector(".CodeMirror").CodeMirror.setValue(text), query);
  await page.locator(".sparql-run").click();
  await settled(page);
};
const type = async (page, before, typed, key) => {
  await page.evaluate((text) => {
    const editor = document.querySelector(".CodeMirror").CodeMirror;
    editor.setValue(text);
    editor.focus();
    editor.setCursor(editor.lineCount(), 0);
  }, before);
  await page.keyboard.type(typed, { delay: 20 });
  if (key) await page.keyboard.press(key);
  await page.waitForSelector(".CodeMirror-hint");
  return page.locator(".CodeMirror-hint").allInnerTexts();
};
const text = (page) => page.evaluate(() => document.querySelector(".CodeMirror").CodeMirror.getValue());

const seen = await withPage(origin, async (page, notes) => {
  await page.goto(url);
  await page.waitForSelector("#editor[data-backend]");
  const opened = {
    backend: await page.locator("#editor").getAttribute("data-backend"),
    where: await page.locator(".sparql-where").textContent(),
    examples: await page.locator(".sparql-list a").count(),
    query: await text(page),
  };
  if (shots) await page.screenshot({ path: `${shots}/opened.png`, fullPage: true });
  await page.locator(`a[href="#example=${example}"]`).click();
  await settled(page);
  const ran = { rows: await rows(page), said: await status(page), address: new URL(page.url()).hash };
  ran.links = await page.locator(".sparql-table td a").evaluateAll((all) => all.map((a) => a.href));
  const saved = {};
  for (const name of ["CSV", "JSON"]) {
    const waiting = page.waitForEvent("download");
    await page.getByRole("button", { name }).click();
    const download = await waiting;
    saved[download.suggestedFilename()] = await readFile(await download.path(), "utf8");
  }
  if (shots) await page.screenshot({ path: `${shots}/ran.png`, fullPage: true });

  await ask(page, "ASK { ?s ?p ?o }");
  const yes = await page.locator(".sparql-results").innerText();
  await ask(page, "CONSTRUCT { <urn:a> <urn:b> ?o } WHERE { BIND(1 AS ?o) }");
  const graph = await page.locator(".sparql-results pre").innerText();
  const values = '"<img src=x onerror=alert(1)>" "</script>" <javascript:alert(1)>';
  await ask(page, `SELECT ?x { VALUES ?x { ${values} } }`);
  const hostile = {
    rows: await rows(page),
    markup: await page.locator(".sparql-table img, .sparql-table script").count(),
    links: await page.locator(".sparql-table a[href]").count(),
  };
  await ask(page, "SELECT * { ?s ?p ?o } LIMIT 120");
  const broken = await page.locator(".sparql-table tbody th").evaluateAll((all) =>
    all.map((head) => head.innerText).filter((text, at) => {
      const range = document.createRange();
      range.selectNodeContents(all[at]);
      return range.getClientRects().length > 1;
    }),
  );
  await page.locator("#sparql-filter").fill("abbreviations");
  const filtered = await page.locator(".sparql-list a:visible").count();
  await page.locator("#sparql-filter").fill("");

  const claim = `PREFIX SEPIO: <${SEPIO}>\nSELECT * {\n ?c a SEPIO:0000001 ; `;
  const completed = { properties: await type(page, claim, "vocab:ver", "Control+Space") };
  const axe = await axeFindings(page);
  completed.terms = await type(page, "SELECT * {\n ?s ", "rdfs:subClassOf MILIA:epst");
  if (shots) await page.screenshot({ path: `${shots}/completed.png`, fullPage: true });
  await page.keyboard.press("Enter");
  completed.query = await text(page);
  completed.classes = await type(page, "SELECT * {\n ?s a ", "sssom:Ma");
  await page.keyboard.press("Escape");
  await ask(page, "SELECT * WHERE {\n ?s ?p }");
  const mistake = {
    message: await page.locator(".sparql-error").innerText(),
    expected: await page.locator(".sparql-results details pre").allTextContents(),
    marks: await page.locator(".sparql-mark").count(),
    cursor: await page.evaluate(() => document.querySelector(".CodeMirror").CodeMirror.getCursor()),
  };
  await ask(page, "SELECT * { ?s ?p ?o } LIMIT many");
  const beyond = await page.locator(".sparql-error").innerText();
  const expected = notes.console.splice(0); // The browser itself reports each 4xx.
  await page.locator(".CodeMirror textarea").focus();
  await page.keyboard.press("Tab");
  const leaves = await page.evaluate(() => !document.activeElement.closest(".CodeMirror"));
  await page.setViewportSize({ width: 360, height: 740 });
  await page.locator("#sparql-filter").scrollIntoViewIfNeeded();
  await page.locator(`a[href="#example=${example}"]`).click();
  await settled(page);
  const phone = await page.evaluate(() => ({
    top: document.querySelector(".sparql-table").getBoundingClientRect().top,
    height: innerHeight,
    wide: document.documentElement.scrollWidth - innerWidth,
  }));
  return { opened, broken, phone, ran, saved, axe, yes, graph, hostile, filtered, completed, mistake, beyond, expected, leaves };
});
console.log(JSON.stringify(seen));
