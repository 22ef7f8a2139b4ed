// A demo server, a browser and visitors for the tests: all are children of the test process and end with it.

import { spawn } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
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
export function startBrowser(...more) {
  return chromium.launch({ ...QUIET, args: [...QUIET.args, ...more] });
}

const QUIET = {
  executablePath: "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
};

/** A browser whose owner lets no site keep anything. Closing it takes its folder away. */
export async function startBrowserWithoutCookies(options) {
  const folder = await mkdtemp(`${tmpdir()}/gd-no-cookies-`);
  await mkdir(`${folder}/Default`);
  await writeFile(`${folder}/Default/Preferences`, JSON.stringify({ profile: { default_content_setting_values: { cookies: 2 } } }));
  const context = await chromium.launchPersistentContext(folder, { ...QUIET, locale: "fr-FR", viewport: PHONE, ...options });
  return { context, close: () => context.close().then(() => rm(folder, { recursive: true })) };
}

/**
 * A newspaper with the widget in an article, on another site than the demo's: by the script at `/`, as a bare frame
 * at `/bare`. The demo lists `listed`, and does not list `unlisted`.
 */
export async function startNewspaper(demo) {
  const frame = `<iframe src="${demo.url}${CONSULTATION}/widget" title="Voter" width="320" height="640"></iframe>`;
  const script = `<script async src="${demo.url}/static/widget.js" data-consultation="grand-dialogue"></script>`;
  const style = "body{font:1.1rem/1.6 Georgia,serif;max-width:44rem;margin:0 auto;padding:1rem;color-scheme:light dark}h1{line-height:1.15}";
  const article = (widget) => `<!doctype html><html lang="fr"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Le Journal</title><style>${style}</style></head>
<body><h1>La caisse ouvre le débat</h1><p>Depuis lundi, chacun peut dire ce qui simplifierait ses démarches. Donnez votre avis sans quitter cette page.</p>${widget}<p>Les idées qui rassemblent seront travaillées en ateliers au printemps.</p></body></html>`;
  const server = createServer((request, response) => {
    response.setHeader("content-type", "text/html; charset=utf-8");
    response.end(article(request.url === "/bare" ? frame : script));
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const at = (host) => `http://${host}:${server.address().port}`;
  return { listed: at("localhost"), unlisted: at("paper.localhost"), stop: () => new Promise((resolve) => server.close(resolve)) };
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
    const button = page.locator('.audience button[value=""], .questions button, .pause [data-onward]');
    await button.first().click();
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
