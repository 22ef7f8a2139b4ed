// Every page and state of the public side, for the tests that hold all of them to a promise and for the screenshots.

import { CONSULTATION, answer, delivered, next } from "./harness.mjs";

/** Types a proposal and sends it, whatever is said already. */
const propose = (text) => async (page) => {
  await page.locator("#text").fill(text);
  await page.locator("form .button-main").click();
  const anyway = page.locator("[name=anyway]");
  await page.locator("#text-error, .address").or(anyway).first().waitFor({ state: "attached" });
  if (await anyway.count()) {
    await page.locator("form .button-main").click();
    await page.locator(".address").waitFor();
  }
};

async function complete(page) {
  for (let place = 1; place <= 2; place += 1) {
    await answer(page, "agree");
    await next(page);
  }
  // A page that finds something to send loads itself again once it is sent.
  await delivered(page);
}

/** Votes often enough to stand somewhere. */
async function agreeOften(page) {
  for (let place = 1; place <= 9; place += 1) {
    await answer(page, place % 4 ? "agree" : "disagree");
    await next(page);
  }
  await delivered(page);
}

/** Asks for the link that brings the participation to another device. */
async function offer(page) {
  await page.goto(new URL(`${CONSULTATION}/votes`, page.url()).href);
  await page.locator('form[action$="/votes/link"] button').click();
  await page.locator(".address a").waitFor();
}

/** `[name, path, act]`: what to do once the page is there, if anything. */
export const PAGES = [
  ["home", "/"],
  ["landing", CONSULTATION],
  ["vote", `${CONSULTATION}/vote`],
  ["vote-answered", `${CONSULTATION}/vote?n=2`, (page) => answer(page, "agree")],
  ["vote-audience", `${CONSULTATION}/vote?n=4`],
  ["vote-invitation", `${CONSULTATION}/vote?n=7`],
  ["vote-questions", `${CONSULTATION}/vote?n=10`],
  ["vote-done", `${CONSULTATION}/vote?n=13`],
  ["propose", `${CONSULTATION}/propose`],
  ["propose-refused", `${CONSULTATION}/propose`, propose("é".repeat(150))],
  ["proposed", `${CONSULTATION}/propose`, propose("Peindre les bancs des salles d’attente en jaune vif")],
  ["explore", `${CONSULTATION}/proposals`],
  ["explore-nothing", `${CONSULTATION}/proposals?q=xyzzy`],
  ["proposal", `${CONSULTATION}/proposals/1`],
  ["proposal-answered", `${CONSULTATION}/proposals/2`, (page) => answer(page, "disagree")],
  ["votes", `${CONSULTATION}/vote`, async (page) => (await complete(page), page.goto(new URL(`${CONSULTATION}/votes`, page.url()).href))],
  ["stand-few", `${CONSULTATION}/stand`],
  ["stand", `${CONSULTATION}/vote`, async (page) => (await agreeOften(page), page.goto(new URL(`${CONSULTATION}/stand`, page.url()).href))],
  ["widget", `${CONSULTATION}/widget`],
  ["widget-answered", `${CONSULTATION}/widget`, (page) => answer(page, "disagree")],
  ["erase", `${CONSULTATION}/votes/erase`],
  ["erase-done", `${CONSULTATION}/votes/erase?done=1`],
  ["device-offered", `${CONSULTATION}/vote`, async (page) => (await complete(page), offer(page))],
  ["device-asked", `${CONSULTATION}/vote`, async (page) => (await complete(page), await offer(page), await page.locator(".address a").click(), page.waitForURL(/continue/))],
  ["privacy", `${CONSULTATION}/privacy`],
  ["accessibility", `${CONSULTATION}/accessibility`],
  ["legal", `${CONSULTATION}/legal`],
  ["results", `${CONSULTATION}/results`],
  ["error-404", "/c/nowhere"],
];
