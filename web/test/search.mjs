// What a reader meets in the search field, as JSON: `node search.mjs URL-of-a-page TYPED…`.

import { axeFindings, withPage } from "./browser.mjs";

const [, , url, ...typed] = process.argv;
const field = 'form[role="search"] input[type="search"]';

const seen = await withPage(new URL(url).origin, async (page) => {
  await page.goto(url);
  const input = page.locator(field).first();
  const state = () =>
    input.evaluate((node) => ({
      role: node.getAttribute("role"),
      expanded: node.getAttribute("aria-expanded"),
      active: document.getElementById(node.getAttribute("aria-activedescendant"))?.innerText ?? "",
      selected: document.querySelectorAll('[role="option"][aria-selected="true"]').length,
    }));
  const options = () => page.locator('[role="option"]:visible').allInnerTexts();
  const found = {};
  for (const text of typed) {
    await input.fill("");
    await input.pressSequentially(text);
    await page.waitForFunction(
      (wanted) => document.querySelector(wanted).nextElementSibling.nextElementSibling.textContent,
      field,
    );
    await page.waitForTimeout(50);
    found[text] = await options();
  }
  const keys = { typed: await state() };
  await page.keyboard.press("ArrowDown");
  keys.down = await state();
  const axe = await axeFindings(page);
  await page.keyboard.press("ArrowUp");
  keys.up = await state();
  await page.keyboard.press("Escape");
  keys.escape = await state();
  await page.keyboard.press("ArrowDown");
  await page.waitForSelector('[role="option"]:visible');
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await page.waitForURL((now) => now.href !== url);
  const reached = page.url();
  await page.goto(url);
  await page.locator(field).first().fill(typed[0]);
  await page.keyboard.press("Enter");
  await page.waitForURL(/search\.html\?q=/);
  await page.waitForSelector(".find-results");
  const listed = await page.locator(".find-results a").evaluateAll((all) => all.map((a) => a.href));
  return { found, keys, axe, reached, listed };
});
console.log(JSON.stringify(seen));
