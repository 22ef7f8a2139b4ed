// What can go wrong between a voter and the server: nothing is lost, nothing counts twice.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { answer, arrive, delivered, myVotes, next, startBrowser, startDemo, visitor } from "./harness.mjs";

let demo;
let browser;

before(async () => {
  [demo, browser] = await Promise.all([startDemo(), startBrowser()]);
});

after(async () => {
  await browser?.close();
  assert.equal(await demo?.stop(), 0, "the server ends well");
});

test("the network is cut in the middle of a sequence: answers are kept, said to be, and sent when it is back", async () => {
  const one = await visitor(browser, demo);
  await one.at("/vote");
  const said = { [await answer(one.page, "agree")]: "agree" };
  await delivered(one.page);
  await one.context.setOffline(true);
  for (let place = 2; place <= 9; place += 1) {
    await next(one.page);
    said[await answer(one.page, "disagree")] = "disagree";
  }
  await one.page.locator("[data-offline]").waitFor();
  const kept = Object.keys(await one.page.evaluate(() => localStorage));
  assert.equal(kept.filter((key) => /:\d+$/.test(key)).length, 8);
  await one.context.setOffline(false);
  await delivered(one.page);
  await one.page.locator("[data-offline]").waitFor({ state: "hidden" });
  assert.deepEqual(await myVotes(one, demo), said);
  await one.context.close();
});

test("the page is closed without a network: the next visit sends what was said", async () => {
  const one = await visitor(browser, demo);
  await one.at("/vote");
  await delivered(one.page);
  await one.context.setOffline(true);
  const number = await answer(one.page, "neutral");
  await one.page.close();
  await one.context.setOffline(false);
  one.page = await one.context.newPage();
  await one.page.goto(`${demo.url}/c/grand-dialogue/votes`);
  await one.page.locator(`#vote-${number} .answer-neutral`).waitFor();
  assert.deepEqual(await myVotes(one, demo), { [number]: "neutral" });
  await one.context.close();
});

test("the server stumbles: the answer is sent again and counts once", async () => {
  const one = await visitor(browser, demo);
  let times = 0;
  await one.page.route("**/ballots", async (route) => {
    times += 1;
    // The first request is carried out, but its answer never arrives; the second is turned away.
    if (times === 1) {
      await route.fetch();
      return route.abort();
    }
    return times === 2 ? route.fulfill({ status: 503, headers: { "retry-after": "1" } }) : route.continue();
  });
  await one.at("/vote");
  const number = await answer(one.page, "agree");
  await delivered(one.page);
  assert.ok(times >= 3, `sent ${times} times`);
  assert.deepEqual(await myVotes(one, demo), { [number]: "agree" });
  await one.context.close();
});

test("whoever leaves at once finds the vote on the next page", async () => {
  const one = await visitor(browser, demo);
  await one.at("/vote");
  const number = await answer(one.page, "agree");
  await one.page.locator('.top-links a[href$="/votes"]').click();
  await one.page.locator(`#vote-${number} .answer-agree`).waitFor();
  assert.deepEqual(one.faults, []);
  await one.context.close();
});

test("two tabs of one browser share one participant and lose nothing", async () => {
  const one = await visitor(browser, demo);
  await one.at("/vote");
  const other = await one.context.newPage();
  await other.goto(`${demo.url}/c/grand-dialogue/vote`);
  const said = {};
  for (let place = 1; place <= 3; place += 1) {
    for (const [page, choice] of [[one.page, "agree"], [other, "disagree"]]) {
      said[await answer(page, choice)] = choice;
      await next(page);
    }
  }
  await Promise.all([delivered(one.page), delivered(other)]);
  assert.deepEqual(await myVotes(one, demo), said);
  await one.context.close();
});

test("the back button shows the card before with its answer, which can be changed", async () => {
  const one = await visitor(browser, demo);
  await one.at("/vote");
  const first = await answer(one.page, "agree");
  await next(one.page);
  const second = await answer(one.page, "neutral");
  await one.page.goBack();
  await one.page.locator(`.ballot:has([name=proposal][value="${first}"]) .choice-agree[aria-pressed=true]`).waitFor();
  await answer(one.page, "disagree");
  await delivered(one.page);
  assert.deepEqual(await myVotes(one, demo), { [first]: "disagree", [second]: "neutral" });
  await one.page.reload();
  await one.page.locator(".choice-disagree[aria-pressed=true]").waitFor();
  assert.deepEqual(one.faults, []);
  await one.context.close();
});

for (const scripts of [false, true]) {
  test(`a double press counts once and skips nothing, ${scripts ? "with" : "without"} scripts`, async () => {
    const one = await visitor(browser, demo, { scripts });
    await one.at("/vote");
    await one.page.locator(".choice-agree").dblclick();
    await one.page.locator(".choice-agree[aria-pressed=true]").waitFor();
    if (scripts) {
      await one.page.locator("[data-next]").dblclick();
      await arrive(one.page);
      assert.equal(new URL(one.page.url()).searchParams.get("n"), "2");
      await delivered(one.page);
    }
    assert.equal(Object.keys(await myVotes(one, demo)).length, 1);
    await one.context.close();
  });
}

test("the next card is there before the answer is stored", async () => {
  const one = await visitor(browser, demo);
  await one.at("/vote");
  let release;
  const held = new Promise((resolve) => (release = resolve));
  await one.page.route("**/ballots", async (route) => {
    await held;
    await route.continue();
  });
  const first = await answer(one.page, "agree");
  await next(one.page);
  assert.deepEqual(await myVotes(one, demo), {});
  release();
  await delivered(one.page);
  assert.deepEqual(await myVotes(one, demo), { [first]: "agree" });
  await one.context.close();
});
