// While a proposal is typed: counts characters as people see them (an emoji family is one; the server counts the
// same way and has the last word), shows what is said already, and keeps the draft while its author looks at that.

const form = document.querySelector("[data-propose]");
const PAUSE_MS = 700;
/** Shorter texts resemble anything. */
const LENGTH_MIN = 15;

if (form) {
  const field = form.querySelector("textarea");
  const counter = form.querySelector("[data-counter]");
  const announcement = form.querySelector("[data-announce]");
  const similar = form.querySelector("section[data-similar]");
  const max = Number(field.dataset.max);
  const numbers = new Intl.NumberFormat(document.documentElement.lang);
  const segmenter = Intl.Segmenter ? new Intl.Segmenter(undefined, { granularity: "grapheme" }) : null;
  let pause = 0;

  const typed = () => field.value.trim().replace(/\s+/g, " ").normalize("NFC");
  /** What will be sent: after the words that every proposal begins with. */
  const folded = () => (typed() ? `${field.dataset.prefix ?? ""} ${typed()}`.trim() : "");
  const length = (text) => (segmenter ? [...segmenter.segment(text)] : [...text]).length;

  function count() {
    const used = length(folded());
    const left = max - used;
    counter.querySelector("[data-used]").textContent = numbers.format(used);
    counter.classList.toggle("counter-near", left >= 0 && left <= 20);
    counter.classList.toggle("counter-over", left < 0);
    clearTimeout(pause);
    pause = setTimeout(() => rest(left), PAUSE_MS);
  }

  /** Once the typing rests: what is near the end is read aloud, and what is said already is looked for. */
  async function rest(left) {
    const words = left < 0 ? announcement.dataset.over : announcement.dataset.left;
    announcement.textContent = left <= 20 ? `${words} ${numbers.format(Math.abs(left))}` : "";
    const text = folded();
    keep(typed());
    if (text.length < LENGTH_MIN || left < 0) return show([]);
    const address = `${form.dataset.propose.replace("/c/", "/api/v1/consultations/")}/similar?text=${encodeURIComponent(text)}`;
    const answer = await fetch(address).catch(() => null);
    if (answer?.ok && text === folded()) show((await answer.json()).proposals);
  }

  function show(proposals) {
    const template = similar.querySelector("template");
    const items = proposals.map(({ number, text }) => {
      const item = template.content.cloneNode(true);
      item.querySelector("a").href = `${form.dataset.propose}/${number}`;
      item.querySelector(".voice").textContent = text;
      return item;
    });
    if (similar.hidden && items.length) announcement.textContent = announcement.dataset.similar;
    similar.querySelector("ul").replaceChildren(...items);
    similar.hidden = !items.length;
  }

  /** The draft, for when its author comes back to it; `undefined` where the browser keeps nothing. */
  function keep(text) {
    try {
      if (text === undefined) return sessionStorage.getItem(form.action);
      sessionStorage.setItem(form.action, text);
    } catch {
      // It is then kept as long as the page is.
    }
  }

  if (!field.value) field.value = keep() ?? "";
  form.addEventListener("submit", () => keep(""));
  field.addEventListener("input", count);
  count();
}
