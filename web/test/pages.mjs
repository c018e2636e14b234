// Opens pages on a phone and notes what must not happen: `node pages.mjs ORIGIN PATH…`
//
// Writes {wide: [[path, pixels]], small: [[path, text]], cut: [[path, text]], …notes}: pages wider than
// the screen, links of the navigation too small for a finger, links that end beyond the screen, and the
// notes of browser.mjs. All that is folded is opened first.

import { withPage } from "./browser.mjs";

const WIDTH = 360;
const FINGER = 24; // WCAG 2.2, 2.5.8

const [origin, ...paths] = process.argv.slice(2);
const told = await withPage(
  origin,
  async (page) => {
    const wide = [];
    const small = [];
    const cut = [];
    for (const path of paths) {
      await page.goto(`${origin}/${path}`, { waitUntil: "networkidle" });
      await page.evaluate(() => document.querySelectorAll("details").forEach((one) => (one.open = true)));
      const width = await page.evaluate(() => document.documentElement.scrollWidth);
      if (width > WIDTH) wide.push([path, width]);
      const found = await page.evaluate((least) => {
        const links = [...document.querySelectorAll("nav a, summary, button, .claim .more")];
        const sizes = links.filter((link) => link.checkVisibility()).map((link) => [link.innerText, link.getBoundingClientRect()]);
        return sizes.filter(([, box]) => box.height < least).map(([text]) => text);
      }, FINGER);
      const outside = await page.evaluate((edge) => {
        const links = [...document.querySelectorAll("main a")].filter((link) => !link.closest(".scroll, pre"));
        return links.filter((link) => link.getBoundingClientRect().right > edge).map((link) => link.innerText);
      }, WIDTH);
      cut.push(...outside.map((text) => [path, text]));
      small.push(...found.map((text) => [path, text]));
    }
    return { wide, small, cut };
  },
  { viewport: { width: WIDTH, height: 740 } },
);
console.log(JSON.stringify(told));
