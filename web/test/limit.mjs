// A query that never ends, in the engine of the browser: `node limit.mjs URL`, as JSON.

import { withPage } from "./browser.mjs";

const [, , url] = process.argv;
const ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }";

const seen = await withPage(new URL(url).origin, async (page) => {
  await page.route("**/sparql.html", async (route) => {
    const answer = await route.fetch();
    const body = (await answer.text()).replace('id="editor"', 'id="editor" data-seconds="1"');
    await route.fulfill({ response: answer, body });
  });
  await page.goto(url);
  await page.waitForSelector("#editor[data-backend]");
  const put = (query) =>
    page.evaluate((text) => document.querySelector(".CodeMirror").CodeMirror.setValue(text), query);
  const run = page.locator(".sparql-run:enabled");
  const result = async () => {
    await run.waitFor();
    return page.locator(".sparql-results").innerText();
  };
  await put(ENDLESS);
  await run.click();
  const limited = await result();
  await run.click();
  await page.waitForFunction(() => /Running over/.test(document.querySelector(".sparql-status").textContent));
  await page.getByRole("button", { name: "Stop" }).click();
  const stopped = await result();
  await put("ASK {}");
  await run.click();
  return { limited, stopped, after: await result() };
});
console.log(JSON.stringify(seen));
