// A demo server, a browser and visitors for the tests: all are children of the test process and end with it.

import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const root = fileURLToPath(new URL("../..", import.meta.url));
const target = process.env.CARGO_TARGET_DIR ?? `${root}/target`;

export const PHONE = { width: 360, height: 640 };
export const DESKTOP = { width: 1280, height: 800 };

/** Where the demo's consultation is. */
export const CONSULTATION = "/c/grand-dialogue";

/** Starts `grand-dialogue demo` on a free port; gives its address and a way to stop it. */
export async function startDemo(participants = 60) {
  const child = spawn(
    `${target}/debug/grand-dialogue`,
    ["demo", "--participants", String(participants), "--listen", "127.0.0.1:0"],
    { stdio: ["ignore", "pipe", "inherit"], env: { ...process.env, GD_LOG: "error" } },
  );
  const ended = new Promise((resolve) => child.once("exit", resolve));
  for await (const line of createInterface({ input: child.stdout })) {
    const url = /^Listening on (\S+)/.exec(line)?.[1];
    if (url) {
      child.stdout.resume();
      return { url, stop: () => (child.kill("SIGTERM"), ended) };
    }
  }
  throw new Error("the demo ended before it listened");
}

/** Debian's Chromium, without anything that would talk to another machine. */
export function startBrowser() {
  return chromium.launch({
    executablePath: "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
  });
}

/** A new person: a browser context of their own, and a list of what went wrong in it. */
export async function visitor(browser, demo, { scripts = true, language = "fr-FR", viewport = PHONE, ...options } = {}) {
  const context = await browser.newContext({ javaScriptEnabled: scripts, locale: language, viewport, ...options });
  const page = await context.newPage();
  const faults = [];
  page.on("pageerror", (error) => faults.push(String(error)));
  page.on("console", (message) => message.type() === "error" && faults.push(message.text()));
  page.on("request", (request) => request.url().startsWith(demo.url) || faults.push(`asked elsewhere: ${request.url()}`));
  const at = (path) => page.goto(`${demo.url}${CONSULTATION}${path}`);
  return { context, page, at, faults };
}

/** Answers the card that is shown; gives its number. */
export async function answer(page, choice) {
  const number = await page.locator(".ballot [name=proposal]").first().inputValue();
  await page.locator(`.ballot button.choice-${choice}`).click();
  await page.locator(`.ballot button.choice-${choice}[aria-pressed=true]`).waitFor();
  return number;
}

/** Goes on to the next card, past the pauses between cards. */
export async function next(page) {
  await page.locator("[data-next]").click();
  await arrive(page);
}

/** Waits for a card nobody has answered, or for the end. */
export async function arrive(page) {
  const card = page.locator(".ballot .choices:not(:has([aria-pressed]))");
  const pause = page.locator(".pause");
  await card.or(pause).first().waitFor();
  while (await pause.count()) {
    if (await pause.locator(".doors").count()) return;
    const audience = page.locator('.audience button[value=""]');
    await ((await audience.count()) ? audience : pause.locator("[data-onward]")).click();
    await card.waitFor();
  }
}

/** What the server holds of this visitor's votes. */
export async function myVotes({ page }, demo) {
  const response = await page.request.get(`${demo.url}/api/v1/consultations/grand-dialogue/ballots`);
  const { ballots } = await response.json();
  return Object.fromEntries(ballots.map(({ proposal, choice, qualifications }) => [proposal, [choice, ...qualifications].join(" ")]));
}

/** Waits until the script has delivered everything. */
export async function delivered(page) {
  await page.waitForFunction(() => !Object.keys(localStorage).some((key) => key.startsWith("gd:")));
}
