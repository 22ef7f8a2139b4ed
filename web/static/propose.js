// Counts what is typed in characters as people see them: an emoji family is one. The server counts the
// same way and has the last word.

const field = document.querySelector("textarea[data-max]");
const counter = document.querySelector("[data-counter]");
const used = document.querySelector("[data-used]");
const announcement = document.querySelector("[data-announce]");
const max = Number(field?.dataset.max);
const numbers = new Intl.NumberFormat(document.documentElement.lang);
const segmenter = Intl.Segmenter ? new Intl.Segmenter(undefined, { granularity: "grapheme" }) : null;
let pause = 0;

function length(text) {
  const folded = text.trim().replace(/\s+/g, " ").normalize("NFC");
  return segmenter ? [...segmenter.segment(folded)].length : [...folded].length;
}

function count() {
  const left = max - length(field.value);
  used.textContent = numbers.format(max - left);
  counter.classList.toggle("counter-near", left >= 0 && left <= 20);
  counter.classList.toggle("counter-over", left < 0);
  // Read aloud once the typing rests, and only when the end is near.
  clearTimeout(pause);
  pause = setTimeout(() => {
    const words = left < 0 ? announcement.dataset.over : announcement.dataset.left;
    announcement.textContent = left <= 20 ? `${words} ${numbers.format(Math.abs(left))}` : "";
  }, 800);
}

if (field && counter) {
  field.addEventListener("input", count);
  count();
}
