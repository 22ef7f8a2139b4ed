// Voting in a newspaper's page: another site, where browsers block the cookies of third parties, or all of them.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";
import { CONSULTATION, DESKTOP, PHONE, answer, myVotes, startBrowser, startBrowserWithoutCookies, startDemo, startNewspaper } from "./harness.mjs";

let demo;
let browser;
let newspaper;

before(async () => {
  [demo, browser] = await Promise.all([startDemo(), startBrowser("--test-third-party-cookie-phaseout")]);
  newspaper = await startNewspaper(demo);
});

after(async () => {
  await browser?.close();
  await newspaper?.stop();
  await demo?.stop();
});

/** A reader of the newspaper, with what went wrong in their browser. */
async function reader({ scripts = true, viewport = PHONE, path = "/", ...options } = {}) {
  const context = await browser.newContext({ javaScriptEnabled: scripts, locale: "fr-FR", viewport, ...options });
  return { context, ...(await open(context, newspaper.listed + path)) };
}

async function open(context, url) {
  const page = await context.newPage();
  const faults = [];
  page.on("pageerror", (error) => faults.push(String(error)));
  page.on("console", (message) => message.type() === "error" && faults.push(message.text()));
  await page.goto(url);
  await page.locator("iframe").scrollIntoViewIfNeeded();
  return { page, faults, frame: await widget(page) };
}

/** The widget's frame, once it has a card. */
async function widget(page) {
  const frame = page.frames().find((frame) => frame.parentFrame()) ?? (await page.waitForEvent("frameattached"));
  await frame.locator(".ballot").waitFor();
  return frame;
}

/** On to the next card of the frame. */
async function onward(frame) {
  await frame.locator("[data-next]").click();
  await frame.locator(".ballot .choices:not(:has([aria-pressed]))").waitFor();
}

/** Opens the site from the frame; gives the votes that came along. */
async function votesOnTheSite({ page, frame, context }) {
  // By keyboard: right after an answer the frame grows, and a pointer would find the button elsewhere.
  const [site] = await Promise.all([context.waitForEvent("page"), frame.locator("footer form button").press("Enter")]);
  await site.locator("main form button").first().click();
  await site.locator("#votes").waitFor();
  const votes = await myVotes({ page: site }, demo);
  await site.close();
  await page.bringToFront();
  return votes;
}

for (const scripts of [false, true]) {
  const how = scripts ? "with scripts" : "without scripts";

  test(`cards are voted on where third-party cookies are blocked, and a reload is the same person, ${how}`, async () => {
    const one = await reader({ scripts, path: scripts ? "/" : "/bare" });
    const first = await answer(one.frame, "agree");
    await one.frame.locator("[data-nuance=doable]").click();
    await one.frame.locator("[data-nuance=doable][aria-pressed=true]").waitFor();
    await onward(one.frame);
    const second = await answer(one.frame, "disagree");
    assert.notEqual(second, first);
    await one.page.reload();
    one.frame = await widget(one.page);
    const third = await answer(one.frame, "neutral");
    assert.deepEqual(await votesOnTheSite(one), { [first]: "agree doable", [second]: "disagree", [third]: "neutral" });
    assert.deepEqual(one.faults, []);
    await one.context.close();
  });

  test(`cards are voted on, undone and skipped where nothing at all may be kept, ${how}`, async () => {
    const careful = await startBrowserWithoutCookies({ javaScriptEnabled: scripts });
    const { page, frame, faults } = await open(careful.context, newspaper.listed + (scripts ? "/" : "/bare"));
    const first = await answer(frame, "agree");
    await frame.locator("[data-undo]").click();
    await frame.locator(".ballot .choices:not(:has([aria-pressed]))").waitFor();
    assert.equal(await answer(frame, "disagree"), first, "the same card, by the same person");
    await onward(frame);
    const second = await frame.locator(".ballot [name=proposal]").first().inputValue();
    assert.notEqual(second, first);
    await frame.locator("button[value=next]").click();
    await frame.locator(`.ballot [name=proposal]:not([value="${second}"])`).first().waitFor({ state: "attached" });
    assert.deepEqual(await careful.context.cookies(), []);
    assert.deepEqual(faults, []);
    await page.close();
    await careful.close();
  });
}

test("a site that is not listed shows nothing of it", async () => {
  const context = await browser.newContext();
  const page = await context.newPage();
  const refused = [];
  page.on("console", (message) => message.type() === "error" && refused.push(message.text()));
  await page.goto(newspaper.unlisted);
  await page.locator("iframe").scrollIntoViewIfNeeded();
  while (!refused.length) await page.waitForEvent("console");
  assert.match(refused[0], /frame-ancestors/);
  assert.equal(await page.frames()[1].locator(".ballot").count(), 0);
  await context.close();
});

test("no other page can be framed, not even by a listed site", async () => {
  const context = await browser.newContext();
  const page = await context.newPage();
  const refused = [];
  page.on("console", (message) => message.type() === "error" && refused.push(message.text()));
  await page.goto(`${newspaper.listed}/bare`);
  await page.locator("iframe").evaluate((frame, address) => (frame.src = address), `${demo.url}${CONSULTATION}/vote`);
  while (!refused.length) await page.waitForEvent("console");
  assert.match(refused[0], /frame-ancestors 'none'/);
  await context.close();
});

for (const viewport of [{ width: 332, height: 640 }, PHONE, DESKTOP]) {
  test(`the frame is as high as what it shows and never scrolls, ${viewport.width} pixels wide`, async () => {
    const { context, page, frame } = await reader({ viewport });
    const fits = () => frame.waitForFunction(() => {
      const { scrollHeight, scrollWidth } = document.documentElement;
      return scrollHeight <= innerHeight && innerHeight - document.body.getBoundingClientRect().height < 2 && scrollWidth <= innerWidth;
    });
    await fits();
    const height = () => page.locator("iframe").evaluate((frame) => frame.offsetHeight);
    const asked = await height();
    await answer(frame, "agree");
    await fits();
    // What the page around it, or anybody else, says of the height is not listened to.
    const known = await height();
    await page.evaluate(() => postMessage({ type: "gd:height", height: 1234 }, "*"));
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
    assert.equal(await height(), known);
    console.log(`${viewport.width}: ${asked} pixels high, ${known} once answered`);
    await context.close();
  });
}

test("the newspaper's own \"back\" stays the newspaper's", async () => {
  const { context, page, frame } = await reader();
  const before = await page.evaluate(() => history.length);
  await answer(frame, "agree");
  await onward(frame);
  await answer(frame, "neutral");
  assert.equal(await page.evaluate(() => history.length), before);
  await context.close();
});

test("an answer without a network is told, and goes out when it is pressed again", async () => {
  const { context, frame } = await reader();
  await context.setOffline(true);
  await frame.locator(".choice-agree").click();
  await frame.locator("[data-offline]:not([hidden])").waitFor();
  await context.setOffline(false);
  await answer(frame, "agree");
  await context.close();
});

test("a keyboard is led from card to card", async () => {
  const { context, page, frame } = await reader();
  await frame.locator(".choice-agree").focus();
  await page.keyboard.press("Enter");
  await frame.locator(".choice-agree[aria-pressed=true]").waitFor();
  assert.ok(await frame.evaluate(() => document.activeElement.matches(".ballot")), "the card that was answered");
  await frame.locator("[data-next]").focus();
  await page.keyboard.press("Enter");
  await frame.locator(".ballot .choices:not(:has([aria-pressed]))").waitFor();
  assert.ok(await frame.evaluate(() => document.activeElement.matches(".ballot")), "the next card");
  await context.close();
});

for (const colorScheme of ["light", "dark"]) {
  test(`the frame puts up no barrier, ${colorScheme}`, async () => {
    const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
    const { context, frame } = await reader({ colorScheme, bypassCSP: true });
    for (const act of [() => {}, () => answer(frame, "disagree")]) {
      await act();
      await frame.evaluate(axe);
      const { violations } = await frame.evaluate(() => globalThis.axe.run());
      assert.deepEqual(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join("; ")}`), []);
    }
    await context.close();
  });
}
