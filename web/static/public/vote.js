// Voting without reloads. The server's page holds the first card and everything that comes between cards; this
// puts the next cards in its place, and leaves to the outbox that every answer reaches the server. Without this
// script the same page works by its forms and links.

import { Outbox } from "./outbox.js";

const stage = document.querySelector("[data-vote]");
const card = stage?.querySelector("[data-card]");
const $ = (selector) => stage.querySelector(selector);

/** Before which card the pauses come; the last one comes after the sequence. */
const PAUSES = { 4: "audience", 7: "invitation", 10: "questions" };
/** How far a card is dragged to count as an answer, in pixels. */
const SWIPE = 90;

if (card) start();
addEventListener("click", share);

function start() {
  const pages = stage.dataset.vote;
  const length = Number(stage.dataset.length);
  const say = $("[data-say]");
  const step = $("[data-step]");
  const seen = new Set([card.dataset.card]);
  const deck = [];
  const outbox = new Outbox(pages, hear);
  let place = Number(stage.dataset.place);
  let shown = { number: card.dataset.card, text: $("#text").textContent, theme: $(".theme").textContent, key: $("[name=key]").value };
  let drawing = null;

  for (const number of outbox.proposals) seen.add(number);
  const kept = history.state;
  if (kept?.place === place && kept.shown?.answer) show(kept.shown, false);
  else remember();
  draw();
  for (const hint of card.querySelectorAll("[data-keys]")) hint.hidden = !matchMedia("(hover: hover) and (pointer: fine)").matches;

  /** Asks for a dozen more cards; those already seen here are left out. */
  function draw() {
    drawing ??= fetch(`${pages.replace("/c/", "/api/v1/consultations/")}/sequence`)
      .then((answer) => (answer.ok ? answer.json() : Promise.reject(answer)))
      .then(({ proposals }) => {
        for (const { number, text, theme, key } of proposals) {
          if (seen.has(String(number))) continue;
          seen.add(String(number));
          deck.push({ number: String(number), text, theme: $(`template[data-theme="${theme}"]`)?.innerHTML ?? "", key });
        }
        return true;
      })
      .catch(() => hear({ offline: true }))
      .finally(() => (drawing = null));
    return drawing;
  }

  /** What the outbox tells. */
  function hear({ waiting, offline, lost, recorded }) {
    if (offline !== undefined) $("[data-offline]").hidden = !offline;
    if (waiting !== undefined) $("[data-kept]").hidden = waiting > 0 || !shown.answer;
    if (lost) say.textContent = say.dataset.lost;
    if (recorded === shown.number && shown.answer) totals(recorded);
  }

  async function totals(number) {
    if (!("totalsShown" in stage.dataset)) return;
    const answer = await fetch(`${pages}/proposals/${number}/totals`).catch(() => null);
    if (!answer?.ok || number !== shown.number || !shown.answer) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    $("[data-totals]")?.replaceChildren(...page.body.children);
  }

  function answer(choice, qualifications = []) {
    shown.answer = { choice, qualifications };
    outbox.put(shown.number, { ...shown.answer, key: shown.key });
    const pressed = card.querySelector(`.choice-${choice} span`).textContent;
    say.textContent = say.dataset.answer.replace("{}", pressed);
    mark();
    remember();
  }

  function nuance(button) {
    const { choice, qualifications } = shown.answer;
    const name = button.dataset.nuance;
    answer(choice, qualifications.includes(name) ? qualifications.filter((other) => other !== name) : [...qualifications, name]);
  }

  function undo() {
    delete shown.answer;
    outbox.put(shown.number, { choice: null });
    say.textContent = say.dataset.undone;
    mark();
    remember();
    card.focus({ preventScroll: true });
  }

  /** Shows the answer that stands on the card, or none. */
  function mark() {
    const { choice, qualifications = [] } = shown.answer ?? {};
    card.querySelector(".bubble").className = choice ? `bubble bubble-${choice}` : "bubble";
    for (const button of card.querySelectorAll(".choice")) {
      if (choice) button.setAttribute("aria-pressed", button.value === choice);
      else button.removeAttribute("aria-pressed");
    }
    for (const chip of card.querySelectorAll("[data-nuance]")) {
      chip.hidden = chip.dataset.of !== choice;
      chip.setAttribute("aria-pressed", qualifications.includes(chip.dataset.nuance));
    }
    card.querySelector("[data-asked]").hidden = Boolean(choice);
    card.querySelector("[data-answered]").hidden = !choice;
    $("[data-kept]").hidden = !choice || outbox.waiting > 0;
  }

  /** Puts a card in place. */
  function show(next, focus = true) {
    shown = next;
    const { number, text, theme, key } = next;
    const heading = card.querySelector("#number");
    heading.textContent = heading.dataset.words.replace("{}", number);
    card.querySelector("#text").textContent = text;
    const tag = card.querySelector(".theme");
    tag.textContent = theme;
    tag.hidden = !theme;
    card.querySelector("[name=proposal]").value = number;
    card.querySelector("[name=key]").value = key;
    card.querySelector("[name=n]").value = place;
    card.querySelector("[data-skip]").href = `${pages}/vote?n=${place + 1}&skip=${number}`;
    card.querySelector("[data-totals]").replaceChildren();
    put(card);
    mark();
    if (next.answer && !outbox.waiting) totals(number);
    if (focus) lead(card);
  }

  /** Shows a node in the step's place, with the progress of the cards before it. */
  function put(node) {
    if (node.parentNode !== step) step.replaceChildren(node);
    const on = Math.min(place, length);
    const words = $("[data-words]");
    words.textContent = words.dataset.words.replace("{}", node === card ? on : Math.max(1, place - 1));
    document.querySelectorAll(".mark").forEach((dash, at) => {
      const now = node === card && at + 1 === on;
      dash.className = now ? "mark mark-current" : at + 1 < place ? "mark mark-done" : "mark";
    });
  }

  /** Leads eyes, keys and voices to what is new. */
  function lead(node) {
    node.focus({ preventScroll: true });
    const top = stage.getBoundingClientRect().top;
    if (top < 0) scrollBy(0, top);
  }

  /** On to the next place: a pause, a card, or the end. */
  async function next() {
    const pause = place + 1 > length ? "done" : PAUSES[place + 1];
    const template = pause && stage.querySelector(`template[data-pause-at="${pause}"]`);
    if (template) {
      place += 1;
      if (pause !== "done") template.remove();
      const node = template.content.cloneNode(true).firstElementChild;
      put(node);
      lead(node);
      return travel();
    }
    if (!deck.length) await draw();
    if (deck.length < 4) draw();
    const drawn = deck.shift();
    if (!drawn) {
      // Nothing left, or no network: the server says which, and a page that does not come leaves this one.
      await outbox.send();
      return $("[data-offline]").hidden ? location.assign(`${pages}/vote?n=${place + 1}&on=1`) : undefined;
    }
    place += 1;
    show(drawn);
    return travel();
  }

  /** On from a pause. */
  function onward() {
    place = place > length ? 0 : place - 1;
    return next();
  }

  const address = () => `${pages}/vote?n=${place}`;

  /** Makes a step of the browser's history, so that "back" shows the card before. */
  function travel() {
    history.pushState({ place, shown: step.firstElementChild === card ? shown : null }, "", address());
    for (const field of document.querySelectorAll(".language [name=return_to]")) field.value = address();
  }

  function remember() {
    history.replaceState({ place, shown }, "");
  }

  addEventListener("popstate", ({ state }) => {
    if (!state?.shown) return location.reload();
    place = state.place;
    return show(state.shown);
  });

  stage.addEventListener("submit", (event) => {
    event.preventDefault();
    const { submitter } = event;
    if (submitter?.name === "choice") {
      if (shown.answer?.choice !== submitter.value) answer(submitter.value);
    } else if (submitter?.name === "audience") {
      outbox.put("audience", { audience: submitter.value || null });
      onward();
    } else if ("questions" in event.target.dataset) {
      const given = [...new FormData(event.target)].filter(([name, value]) => name.startsWith("answer-") && value);
      outbox.put("answers", { answers: Object.fromEntries(given.map(([name, value]) => [name.slice(7), value])) });
      onward();
    }
  });

  stage.addEventListener("click", (event) => {
    const target = event.target.closest("a, button");
    if (!target) return;
    const { dataset } = target;
    const acts = { next, undo, skip: next, onward };
    const act = Object.keys(acts).find((name) => name in dataset);
    if (act || "nuance" in dataset) {
      event.preventDefault();
      // The second half of a double press is for the button that was there before.
      if (event.detail > 1 && act !== "undo") return;
      if (act) acts[act]();
      else nuance(target);
    }
  });

  // Whoever leaves by a link finds their votes there.
  document.addEventListener("click", async (event) => {
    const link = event.target.closest("a[href]");
    const plain = !(event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey);
    if (!link || !plain || link.hash || link.protocol === "mailto:" || !outbox.waiting) return;
    event.preventDefault();
    // Twice, for what was said while the first was under way.
    const sent = outbox.send().then(() => outbox.send());
    await Promise.race([sent, new Promise((resolve) => setTimeout(resolve, 1500))]);
    location.assign(link.href);
  });

  // Arrows answer while the focus is in the card or nowhere; where the page scrolls, "down" scrolls it. Letters only
  // in the card, so that they take nothing from assistive technology.
  const KEYS = { ArrowLeft: ".choice-disagree", ArrowDown: ".choice-neutral", ArrowRight: ".choice-agree", u: "[data-undo]" };
  document.addEventListener("keydown", (event) => {
    const name = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    const inCard = card.contains(event.target);
    const scrolls = document.documentElement.scrollHeight > innerHeight + 1;
    const anywhere = event.target === document.body && name.startsWith("Arrow") && !(name === "ArrowDown" && scrolls);
    if (!KEYS[name] || !card.isConnected || !(inCard || anywhere) || event.repeat || event.metaKey || event.ctrlKey || event.altKey || event.shiftKey) return;
    const selector = shown.answer ? { ArrowRight: "[data-next]", u: KEYS.u }[name] : name !== "u" && KEYS[name];
    if (!selector) return;
    event.preventDefault();
    card.querySelector(selector).click();
    if (!inCard) card.focus({ preventScroll: true });
  });

  swipe(card.querySelector(".bubble"), (choice) => shown.answer || answer(choice));
  mark();
}

/** Calls back when a finger drags the bubble to one side. */
function swipe(bubble, call) {
  let from = null;
  const away = (event) => event.clientX - from;
  const rest = () => {
    from = null;
    bubble.style.transform = "";
  };
  bubble.addEventListener("pointerdown", (event) => {
    from = event.pointerType === "touch" && event.isPrimary ? event.clientX : null;
  });
  bubble.addEventListener("pointermove", (event) => {
    if (from !== null) bubble.style.transform = `translateX(${away(event)}px) rotate(${away(event) / 40}deg)`;
  });
  bubble.addEventListener("pointercancel", rest);
  addEventListener("pointerup", (event) => {
    const moved = from === null ? 0 : away(event);
    rest();
    if (Math.abs(moved) > SWIPE) call(moved > 0 ? "agree" : "disagree");
  });
}

/** Shares by what the device offers, else copies the address. */
async function share(event) {
  const link = event.target.closest("[data-share]");
  if (!link || !(navigator.share || navigator.clipboard)) return;
  event.preventDefault();
  const url = new URL(link.dataset.share, location.origin).href;
  const shared = navigator.share ? navigator.share({ title: link.dataset.title, url }) : navigator.clipboard.writeText(url);
  await shared.then(() => navigator.share || (link.textContent = link.dataset.copied)).catch(() => {});
}
