// On pages that show what a participant has said: what still waits in this browser is sent first, and a form that
// says something else about a proposal takes its place.

import { Outbox } from "./outbox.js";

const outbox = new Outbox(document.querySelector("[data-pages]").dataset.pages);

addEventListener("submit", (event) => {
  const proposal = event.target.elements.namedItem("proposal");
  if (proposal) outbox.drop(proposal.value);
});

if (outbox.waiting) {
  await outbox.send();
  if (!outbox.waiting) location.reload();
}
