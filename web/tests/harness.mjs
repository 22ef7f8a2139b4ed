// A demo server and a browser for the tests: both are children of the test process and end with it.

import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const root = fileURLToPath(new URL("../..", import.meta.url));
const target = process.env.CARGO_TARGET_DIR ?? `${root}/target`;

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

export const PHONE = { width: 360, height: 640 };
export const DESKTOP = { width: 1280, height: 800 };
