// Every page of the public side, as people see it: phone and desktop, light and dark, both languages.
// Run with `make screenshots`; the pictures are in web/tests/screenshots.

import { mkdir } from "node:fs/promises";
import { DESKTOP, PHONE, answer, startBrowser, startDemo, startNewspaper } from "./harness.mjs";
import { PAGES } from "./pages.mjs";

const folder = new URL("screenshots/", import.meta.url);
await mkdir(folder, { recursive: true });
const [demo, browser] = await Promise.all([startDemo(Number(process.env.GD_SCREENSHOT_PARTICIPANTS ?? 3000)), startBrowser()]);
const newspaper = await startNewspaper(demo);

try {
  for (const [device, viewport] of [["phone", PHONE], ["desktop", DESKTOP]]) {
    for (const colorScheme of ["light", "dark"]) {
      for (const locale of ["fr", "en"]) {
        const context = await browser.newContext({ viewport, colorScheme, locale, hasTouch: device === "phone" });
        const page = await context.newPage();
        for (const [name, path, act] of PAGES) {
          await page.goto(demo.url + path);
          await act?.(page);
          const file = new URL(`${name}-${device}-${colorScheme}-${locale}.png`, folder);
          await page.screenshot({ path: file.pathname, fullPage: name !== "results" });
        }
        await article(page, (state) => new URL(`newspaper${state}-${device}-${colorScheme}-${locale}.png`, folder).pathname);
        await context.close();
      }
    }
  }
} finally {
  await browser.close();
  await newspaper.stop();
  await demo.stop();
}

/** The widget in an article, before and after an answer. */
async function article(page, file) {
  await page.goto(newspaper.listed);
  await page.locator("iframe").scrollIntoViewIfNeeded();
  const frame = page.frames()[1];
  await frame.locator(".ballot").waitFor();
  await page.screenshot({ path: file(""), fullPage: true });
  await answer(frame, "agree");
  await page.screenshot({ path: file("-answered"), fullPage: true });
}
