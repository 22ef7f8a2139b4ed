// In the frame of another site: votes without reloads, so that the page around it keeps its "back"; tells that
// page how high the frame is; and keeps the token of somebody who has voted where no cookie may be kept. Without
// this script the same frame works by its forms.

const { widget } = document.body.dataset;
const KEY = `gd-widget:${widget}`;
let around = null;
let isBusy = false;

const tell = () => around && parent.postMessage({ type: "gd:height", height: document.body.getBoundingClientRect().height }, around);

addEventListener("message", ({ source, origin, data }) => {
  if (source !== parent || source === window || data?.type !== "gd:size") return;
  around = origin;
  tell();
});
new ResizeObserver(tell).observe(document.body);

/** The browser's storage for this frame in this page, where it gives one. */
function kept(token) {
  try {
    if (token) localStorage.setItem(KEY, token);
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

/** Sends a form of the frame and shows what comes back; whether something did. */
async function send(fields) {
  const answer = await fetch(widget, { method: "POST", body: fields }).catch(() => null);
  if (!answer) return false;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  document.title = page.title;
  Object.assign(document.body.dataset, page.body.dataset);
  document.body.replaceChildren(...page.body.children);
  return true;
}

addEventListener("submit", async (event) => {
  const { target: form, submitter } = event;
  // What opens a page of its own is not ours, nor what an old browser cannot tell the button of.
  if (form.target || !submitter) return;
  event.preventDefault();
  if (isBusy) return;
  isBusy = true;
  const fields = new URLSearchParams(new FormData(form));
  if (submitter.name) fields.set(submitter.name, submitter.value);
  const isThere = await send(fields);
  isBusy = false;
  if (!isThere) return void (document.querySelector("[data-offline]").hidden = false);
  if ("known" in document.body.dataset) kept(document.body.dataset.token);
  document.querySelector("[tabindex]")?.focus({ preventScroll: true });
});

const token = !("known" in document.body.dataset) && kept();
if (token) await send(new URLSearchParams({ act: "next", n: 1, lang: document.documentElement.lang, token }));
