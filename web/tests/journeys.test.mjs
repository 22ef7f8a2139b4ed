// What the public does, in a real browser: scripts off and on, phone and desktop, French and English.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { DESKTOP, PHONE, startBrowser, startDemo } from "./harness.mjs";

let demo;
let browser;

before(async () => {
  [demo, browser] = await Promise.all([startDemo(), startBrowser()]);
});

after(async () => {
  await browser?.close();
  assert.equal(await demo?.stop(), 0, "the server ends well");
});

/** A new person: a browser context of their own, and a list of what went wrong in it. */
async function visitor({ scripts, language = "fr-FR", viewport = PHONE }) {
  const context = await browser.newContext({ javaScriptEnabled: scripts, locale: language, viewport });
  const page = await context.newPage();
  const faults = [];
  page.on("pageerror", (error) => faults.push(String(error)));
  page.on("console", (message) => message.type() === "error" && faults.push(message.text()));
  page.on("request", (request) => request.url().startsWith(demo.url) || faults.push(`asked elsewhere: ${request.url()}`));
  const at = (path) => page.goto(`${demo.url}/c/grand-dialogue${path}`);
  return { context, page, at, faults };
}

/** Goes on to the next card, and waits until it is there. */
async function next(page) {
  await page.locator("[data-next]").click();
  await page.locator(".answer").waitFor({ state: "detached" });
}

/** Answers the audience card if it is shown. */
async function sayAudience(page, value) {
  await page.locator(`.audience button[value="${value}"]`).click();
  await page.locator(".audience").waitFor({ state: "detached" });
}

async function answer(page, choice) {
  const number = await page.locator("form [name=proposal]").first().inputValue();
  await page.locator(`button.choice-${choice}`).first().click();
  await page.locator(`.answer-${choice}`).waitFor();
  return number;
}

async function myVotes({ page, at }) {
  await at("/votes");
  const votes = await page.locator(".my-vote").all();
  return Object.fromEntries(
    await Promise.all(
      votes.map(async (vote) => {
        const id = await vote.getAttribute("id");
        const answered = await vote.locator(".answer").getAttribute("class");
        return [id.replace("vote-", ""), answered.replace("answer answer-", "")];
      }),
    ),
  );
}

for (const scripts of [false, true]) {
  const how = scripts ? "with scripts" : "without scripts";

  test(`two people vote, qualify, undo, change and retract, each for themselves, ${how}`, async () => {
    const [one, two] = [await visitor({ scripts }), await visitor({ scripts, viewport: DESKTOP })];

    await one.at("/vote");
    await sayAudience(one.page, "staff");
    const first = await answer(one.page, "agree");
    await one.page.locator("#nuance-doable").click();
    await one.page.locator("#nuance-doable[aria-pressed=true]").waitFor();
    await next(one.page);
    const second = await answer(one.page, "disagree");
    assert.notEqual(second, first, "a voted card is not served again");
    await one.page.locator("[data-undo] button").click();
    await one.page.locator(".answer").waitFor({ state: "detached" });
    assert.deepEqual(await myVotes(one), { [first]: "agree" });

    await two.at("/vote");
    const other = await answer(two.page, "neutral");
    assert.deepEqual(await myVotes(two), { [other]: "neutral" });

    await myVotes(one);
    await one.page.locator(`#vote-${first} summary`).click();
    await one.page.locator(`#vote-${first} button.choice-disagree`).click();
    await one.page.locator(`#vote-${first} .answer-disagree`).waitFor();
    await one.page.locator(`#vote-${first} summary`).click();
    await one.page.locator(`#vote-${first} .quiet-danger`).click();
    await one.page.locator(`#vote-${first}`).waitFor({ state: "detached" });
    assert.deepEqual(await myVotes(one), {});
    assert.deepEqual([...one.faults, ...two.faults], []);
    await Promise.all([one.context.close(), two.context.close()]);
  });

  test(`a proposal is refused beside its field, then sent, ${how}`, async () => {
    const { page, at, faults, context } = await visitor({ scripts });
    await at("/propose");
    const long = "é".repeat(141);
    await page.locator("#text").fill(long);
    await page.locator("form .button-main").click();
    await page.locator("#text-error").waitFor();
    assert.equal(await page.locator("#text").inputValue(), long, "what was typed is kept");
    await page.locator("#text").fill(`Installer un banc devant chaque guichet, ${how}`);
    await page.locator("form .button-main").click();
    await page.getByText(`Installer un banc devant chaque guichet, ${how}`).waitFor();
    // The browser itself reports the 422 of the first attempt as an error of the page.
    assert.deepEqual(faults.filter((fault) => !fault.includes("422")), []);
    await context.close();
  });

  test(`twelve cards make a sequence with an end, ${how}`, async () => {
    const { page, at, faults, context } = await visitor({ scripts });
    await at("/vote");
    const seen = new Set();
    for (let place = 1; place <= 12; place += 1) {
      seen.add(await answer(page, "agree"));
      await next(page);
    }
    await page.locator("#ending").waitFor();
    assert.equal(seen.size, 12);
    assert.deepEqual(faults, []);
    await context.close();
  });
}

test("the language follows the browser and the switch", async () => {
  const { page, at, context } = await visitor({ scripts: false, language: "en-GB" });
  await at("");
  assert.equal(await page.locator("html").getAttribute("lang"), "en");
  await page.locator(".language button").click();
  assert.equal(await page.locator("html").getAttribute("lang"), "fr");
  assert.equal(new URL(page.url()).pathname, "/c/grand-dialogue");
  await at("/results");
  assert.equal(await page.locator("html").getAttribute("lang"), "fr");
  await context.close();
});

test("a card is answered by the keyboard alone", async () => {
  const { page, at, faults, context } = await visitor({ scripts: true, viewport: DESKTOP });
  await at("/vote?n=1");
  await page.locator("[data-card]").focus();
  await page.keyboard.press("ArrowRight");
  await page.locator(".answer-agree").waitFor();
  await page.keyboard.press("u");
  await page.locator(".answer").waitFor({ state: "detached" });
  assert.deepEqual(faults, []);
  await context.close();
});

test("a double press counts once", async () => {
  const one = await visitor({ scripts: false });
  await one.at("/vote");
  await one.page.locator("button.choice-agree").first().dblclick();
  await one.page.locator(".answer-agree").waitFor();
  assert.equal(Object.keys(await myVotes(one)).length, 1);
  await one.context.close();
});

test("no page is wider than a small phone", async () => {
  const { page, at, context } = await visitor({ scripts: true, viewport: { width: 320, height: 640 } });
  for (const path of ["", "/vote", "/propose", "/votes", "/results"]) {
    await at(path);
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.ok(overflow <= 0, `${path} is ${overflow} pixels too wide`);
  }
  await context.close();
});
