// Every page of the public side, as people see it: phone and desktop, light and dark, both languages.
// Run with `make screenshots`; the pictures are in web/tests/screenshots.

import { mkdir } from "node:fs/promises";
import { DESKTOP, PHONE, startBrowser, startDemo } from "./harness.mjs";

const folder = new URL("screenshots/", import.meta.url);
await mkdir(folder, { recursive: true });
const [demo, browser] = await Promise.all([startDemo(3000), startBrowser()]);

async function answered(page) {
  await page.locator("button.choice-agree").first().click();
  await page.locator(".answer-agree").waitFor();
}

const PAGES = [
  ["home", "/"],
  ["landing", "/c/grand-dialogue"],
  ["vote", "/c/grand-dialogue/vote"],
  ["vote-answered", "/c/grand-dialogue/vote?n=2", answered],
  ["propose", "/c/grand-dialogue/propose"],
  ["votes", "/c/grand-dialogue/votes"],
  ["results", "/c/grand-dialogue/results"],
  ["error", "/c/nowhere"],
];

try {
  for (const [device, viewport] of [["phone", PHONE], ["desktop", DESKTOP]]) {
    for (const colorScheme of ["light", "dark"]) {
      for (const locale of ["fr", "en"]) {
        const context = await browser.newContext({ viewport, colorScheme, locale });
        const page = await context.newPage();
        for (const [name, path, act] of PAGES) {
          await page.goto(demo.url + path);
          await act?.(page);
          const file = new URL(`${name}-${device}-${colorScheme}-${locale}.png`, folder);
          await page.screenshot({ path: file.pathname, fullPage: name !== "results" });
        }
        await context.close();
      }
    }
  }
} finally {
  await browser.close();
  await demo.stop();
}
