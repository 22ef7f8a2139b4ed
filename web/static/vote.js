// The voting page without reloads, and by keyboard. It sends the page's own forms and follows its own
// links, then puts the server's answer in place: what is shown is always what the server says, and where
// anything fails the browser does what it would have done without this script.

const main = document.querySelector("main");
const parser = new DOMParser();
let busy = false;

/** Shows the page of this response in place of the current one. */
async function show(response, pressed) {
  const page = parser.parseFromString(await response.text(), "text/html");
  const next = page.querySelector("[data-enhance]");
  const current = main.querySelector("[data-enhance]");
  if (!response.ok || !next || !current) throw new Error("another kind of page");
  current.replaceWith(document.adoptNode(next));
  document.title = page.title;
  for (const field of document.querySelectorAll('form[action="/language"] [name=return_to]')) {
    field.value = new URL(response.url).pathname + new URL(response.url).search;
  }
  settle(pressed);
}

/** Loads an address in place; `fallback` does it the browser's way. */
async function travel(url, request, fallback, { pressed = "", remember = true } = {}) {
  if (busy) return;
  busy = true;
  main.setAttribute("aria-busy", "true");
  try {
    const response = await fetch(url, { credentials: "same-origin", ...request });
    await show(response, pressed);
    if (remember) history.pushState(null, "", response.url);
  } catch {
    fallback();
  } finally {
    busy = false;
    main.removeAttribute("aria-busy");
  }
}

/** Focus stays on the switch that was pressed, else goes to what is new: it is read aloud, and the keys reach it. */
function settle(pressed) {
  const button = pressed && document.getElementById(pressed);
  const target = button || main.querySelector("[data-card]");
  target?.focus({ preventScroll: true });
  if (!button) target?.closest("[data-enhance]").scrollIntoView({ block: "nearest" });
  showHints();
}

function showHints() {
  if (!matchMedia("(hover: hover) and (pointer: fine)").matches) return;
  for (const hint of main.querySelectorAll("[data-keys]")) hint.hidden = false;
}

main.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.closest("[data-enhance]")) return;
  event.preventDefault();
  const body = new URLSearchParams(new FormData(form, event.submitter));
  const fallback = () => {
    // A form sent by script leaves its button out: the answer goes along as a field.
    if (event.submitter?.name) {
      const field = document.createElement("input");
      Object.assign(field, { type: "hidden", name: event.submitter.name, value: event.submitter.value });
      form.append(field);
    }
    form.submit();
  };
  travel(form.action, { method: "POST", body }, fallback, { pressed: event.submitter?.id });
});

main.addEventListener("click", (event) => {
  const link = event.target.closest("[data-enhance] a");
  const plain = !(event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey);
  if (!link || !plain || !link.pathname.endsWith("/vote")) return;
  event.preventDefault();
  travel(link.href, {}, () => location.assign(link.href));
});

addEventListener("popstate", () => travel(location.href, {}, () => location.reload(), { remember: false }));

// The keys work while the focus is in the card, so that they take nothing away from the page or from
// assistive technology elsewhere.
const KEYS = {
  ArrowLeft: ".choice-disagree",
  ArrowDown: ".choice-neutral",
  ArrowRight: ".choice-agree, [data-next]",
  u: "[data-undo] button",
};

main.addEventListener("keydown", (event) => {
  const card = event.target.closest("[data-card]");
  const selector = KEYS[event.key.length === 1 ? event.key.toLowerCase() : event.key];
  if (!card || !selector || event.repeat || event.metaKey || event.ctrlKey || event.altKey || event.shiftKey) return;
  const target = card.querySelector(selector);
  if (!target) return;
  event.preventDefault();
  target.click();
});

// On the first card nothing is taken from where the reader starts.
if (location.search) settle();
else showHints();
