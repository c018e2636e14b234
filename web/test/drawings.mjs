// Measures the drawings of pages: `node drawings.mjs ORIGIN < paths`, a path a line.
//
// Writes {boxes: number, out: [[path, text, pixels]]}: texts that are wider or higher than their box,
// and by how much. The pages are put one after the other into one page that has the style sheet.

import { readFileSync } from "node:fs";
import { withPage } from "./browser.mjs";

const [, , origin] = process.argv;
const paths = readFileSync(0, "utf8").split("\n").filter(Boolean);

const seen = await withPage(origin, async (page) => {
  await page.goto(`${origin}/index.html`);
  return page.evaluate(async (all) => {
    let boxes = 0;
    const out = [];
    for (const path of all) {
      const text = await (await fetch(path)).text();
      const drawing = new DOMParser().parseFromString(text, "text/html").querySelector("svg.drawing");
      if (!drawing) continue;
      document.querySelector("main").replaceChildren(document.adoptNode(drawing));
      for (const box of drawing.querySelectorAll(".box")) {
        const [outer, inner] = ["rect", "text"].map((name) => box.querySelector(name).getBBox());
        const sides = [outer.x - inner.x, inner.x + inner.width - outer.x - outer.width];
        const over = Math.max(...sides, inner.height - outer.height);
        boxes += 1;
        if (over > 0) out.push([path, box.textContent.trim(), over]);
      }
    }
    return { boxes, out };
  }, paths);
});
console.log(JSON.stringify(seen));
