// What holds for every page and state: no barrier (axe-core), valid HTML, nothing inline, and light enough for a slow phone.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";
import { HtmlValidate } from "html-validate";
import { CONSULTATION, DESKTOP, PHONE, answer, next, startBrowser, startDemo, visitor } from "./harness.mjs";
import { PAGES } from "./pages.mjs";

const KIB = 1024;
const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const validator = new HtmlValidate({
  extends: ["html-validate:standard"],
  rules: {
    // Spelling, not meaning: our templates write void elements and the doctype as HTML 5 does.
    "doctype-style": "off",
    "void-style": "off",
    "no-trailing-whitespace": "off",
    // Addresses are long where they carry somebody's words.
    "long-title": "off",
    // "type" is `submit` by default, which is what our buttons in forms are.
    "no-implicit-button-type": "off",
    // A list without bullets is a list for those who hear it only with its role.
    "no-redundant-role": "off",
  },
});

let demo;
let browser;

before(async () => {
  [demo, browser] = await Promise.all([startDemo(), startBrowser()]);
});

after(async () => {
  await browser?.close();
  await demo?.stop();
});

// Each scheme, language and screen once; `make journeys` takes every pair of them.
const barriers = [["light", "fr-FR", PHONE], ["dark", "en-GB", DESKTOP]];
if (process.env.GD_JOURNEYS === "long") barriers.push(["light", "en-GB", DESKTOP], ["dark", "fr-FR", PHONE]);

for (const [colorScheme, language, viewport] of barriers) {
  test(`no page puts up a barrier, ${colorScheme}, ${language}`, async () => {
    const { page, context } = await visitor(browser, demo, { language, viewport, colorScheme, bypassCSP: true });
    for (const [name, path, act] of PAGES) {
      await page.goto(demo.url + path);
      await act?.(page);
      await page.waitForLoadState("networkidle");
      await page.evaluate(axe).catch((fault) => assert.fail(`${name}: ${fault}`));
      const { violations } = await page.evaluate(() => globalThis.axe.run({ runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] }));
      const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html, failureSummary }) => `${html} ${failureSummary}`).join("; ")}`);
      assert.deepEqual(found, [], name);
    }
    await context.close();
  });
}

test("every page is valid HTML", async () => {
  for (const language of ["fr", "en"]) {
    for (const [name, path] of PAGES) {
      const response = await fetch(demo.url + path, { headers: { "accept-language": language } });
      const report = await validator.validateString(await response.text());
      const found = report.results.flatMap(({ messages }) => messages.map(({ ruleId, message, line }) => `${name}.${language}:${line} ${ruleId}: ${message}`));
      assert.deepEqual(found, []);
    }
  }
});

test("every page forbids what is inline or from elsewhere", async () => {
  for (const [name, path] of PAGES) {
    const policy = (await fetch(demo.url + path)).headers.get("content-security-policy");
    const framedBy = name.startsWith("widget") ? "http://localhost:*" : "'none'";
    for (const part of ["default-src 'none'", "script-src 'self'", "style-src 'self'", `frame-ancestors ${framedBy}`]) {
      assert.ok(policy.includes(part), `${name}: ${policy}`);
    }
    assert.ok(!policy.includes("unsafe"), name);
  }
});

/** What a first visit of a page transfers, in bytes of bodies as they come over the wire. */
async function transferred(path, act) {
  const { page, context } = await visitor(browser, demo);
  const sizes = new Map();
  page.on("requestfinished", async (request) => {
    const { responseBodySize } = await request.sizes();
    sizes.set(request.url(), responseBodySize);
  });
  await page.goto(demo.url + path, { waitUntil: "networkidle" });
  await act?.(page);
  await context.close();
  const sum = (ends) => [...sizes].filter(([url]) => ends.test(url)).reduce((total, [, size]) => total + size, 0);
  return { all: sum(/./), scripts: sum(/\.js$/) };
}

test("landing and voting are light", async () => {
  for (const path of [CONSULTATION, `${CONSULTATION}/vote`, `${CONSULTATION}/propose`, `${CONSULTATION}/widget`]) {
    const { all, scripts } = await transferred(path);
    console.log(`${path}: ${all} bytes transferred, ${scripts} of them scripts`);
    assert.ok(all > 0 && all <= 40 * KIB, `${path}: ${all} bytes`);
    assert.ok(scripts <= 10 * KIB, `${path}: ${scripts} bytes of script`);
  }
});

for (const viewport of [PHONE, DESKTOP]) {
  test(`nothing moves when a card changes, ${viewport.width} pixels wide`, async () => {
    const { page, at, context } = await visitor(browser, demo, { viewport });
    await at("/vote");
    await page.evaluate(() => {
      globalThis.shift = 0;
      new PerformanceObserver((list) => {
        // As the web's own measure counts: what answers a press at once (another text, a pause) is no surprise.
        for (const entry of list.getEntries()) globalThis.shift += entry.hadRecentInput ? 0 : entry.value;
      }).observe({ type: "layout-shift", buffered: true });
    });
    const places = () => page.locator(".choices").evaluate((choices) => choices.offsetTop);
    const first = await places();
    for (let place = 1; place <= 12; place += 1) {
      await answer(page, "agree");
      assert.equal(await places(), first, "the three answers stay where they are once one is given");
      await next(page);
      if (place < 12) assert.equal(await places(), first, "and when the next card comes");
    }
    assert.equal(await page.evaluate(() => globalThis.shift), 0);
    await context.close();
  });
}

test("the axis of the results lies over its marks, on a screen and on paper", async () => {
  const A4 = { width: 794, height: 1123 };
  for (const [viewport, media] of [[PHONE, "screen"], [DESKTOP, "screen"], [A4, "screen"], [A4, "print"]]) {
    const { page, at, context } = await visitor(browser, demo, { viewport });
    await page.emulateMedia({ media });
    await at("/results");
    const rows = await page.locator(".report-axis-row").evaluateAll((axes) => axes.map((axis) => {
      const words = axis.querySelectorAll(".report-axis-words span");
      const strip = axis.parentElement.querySelector(".report-strip").getBoundingClientRect();
      return [words[0].getBoundingClientRect().left - strip.left, words[words.length - 1].getBoundingClientRect().left - strip.right];
    }));
    assert.ok(rows.length > 0);
    for (const ends of rows) assert.ok(ends.every((gap) => Math.abs(gap) <= 2), `${media}, ${viewport.width} pixels: ${ends}`);
    await context.close();
  }
});
