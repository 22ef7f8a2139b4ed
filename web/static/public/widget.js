// For pages of other sites: puts the voting frame after the script's own element, as high as what it shows.
// <script async src="https://…/static/widget.js" data-consultation="…" data-language="fr"></script>
// Classic, for `document.currentScript`; asks for nothing but the frame, keeps nothing, tells nothing.
(() => {
  const script = document.currentScript;
  const { consultation, language, title } = script.dataset;
  const { origin } = new URL(script.src);
  const address = new URL(`/c/${encodeURIComponent(consultation)}/widget`, origin);
  if (language) address.searchParams.set("lang", language);

  const frame = document.createElement("iframe");
  frame.src = address;
  frame.title = title || "Grand Dialogue";
  frame.loading = "lazy";
  frame.referrerPolicy = "strict-origin-when-cross-origin";
  Object.assign(frame.style, { display: "block", width: "100%", minWidth: "280px", maxWidth: "44rem", height: "36rem", border: "0", borderRadius: "12px" });

  // The frame answers whoever asks it how high it is, and only them; what others say is not listened to.
  addEventListener("message", (event) => {
    if (event.origin !== origin || event.source !== frame.contentWindow || event.data?.type !== "gd:height") return;
    const height = Number(event.data.height);
    if (height >= 100 && height <= 4000) frame.style.height = `${Math.ceil(height)}px`;
  });
  frame.addEventListener("load", () => frame.contentWindow.postMessage({ type: "gd:size" }, origin));
  script.after(frame);
})();
