// What a page leaves out on paper: `node print.mjs ORIGIN PATH…`, as JSON {hidden: [[path, text]], …notes}.

import { withPage } from "./browser.mjs";

const PRINTED = ".claim, .brief li, .axioms li, aside .iri, aside .citation, .bottom p";
const [origin, ...paths] = process.argv.slice(2);
const told = await withPage(origin, async (page) => {
  await page.emulateMedia({ media: "print" });
  const hidden = [];
  let looked = 0;
  for (const path of paths) {
    await page.goto(`${origin}/${path}`);
    const [count, found] = await page.evaluate((wanted) => {
      const all = [...document.querySelectorAll(wanted)];
      const gone = all.filter((one) => !one.checkVisibility() || !one.getBoundingClientRect().height);
      return [all.length, gone.map((one) => one.textContent.trim().slice(0, 80))];
    }, PRINTED);
    looked += count;
    hidden.push(...found.map((text) => [path, text]));
  }
  return { looked, hidden };
});
console.log(JSON.stringify(told));
