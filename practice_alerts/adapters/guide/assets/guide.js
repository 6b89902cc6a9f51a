// The theme opens menu and search with labels, which no keyboard reaches. These buttons do the same;
// without script the labels stay (guide.css).
for (const button of document.querySelectorAll("[data-opens]")) {
  const box = document.getElementById(button.dataset.opens);
  const tell = () => button.setAttribute("aria-expanded", String(box.checked));
  button.addEventListener("click", () => box.click());
  box.addEventListener("change", tell);
  tell();
}

document.addEventListener("keydown", (pressed) => {
  const menu = document.getElementById("__drawer");
  if (pressed.key === "Escape" && menu.checked) {
    menu.click();
    document.querySelector("[data-opens=__drawer]").focus();
  }
});

// The pages are the same for everybody; who reads them is asked for, and asked again when the browser goes back to a
// page that it has kept. Where the guide stands alone nobody answers, and the header stays as it is.
addEventListener("pageshow", async () => {
  const answer = await fetch("/who").catch(() => null);
  if (!answer?.ok) return;
  const theirs = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector(".top");
  const ours = document.querySelector(".md-header");
  if (!theirs) return;
  ours.querySelector(".faces ul").replaceWith(theirs.querySelector("nav ul"));
  ours.querySelector(".who").replaceWith(theirs.querySelector(".who"));
  ours.querySelector(".sample")?.remove();
  const sample = theirs.querySelector(".sample");
  if (sample) ours.prepend(sample);
});

// The comparison opens with the council one comes from and one other.
const from = document.referrer.startsWith(`${location.origin}/`) && new URL(document.referrer).pathname.split("/")[1];
const mine = from && document.getElementById(`show-${from}`);
if (mine && !mine.checked) {
  mine.checked = true;
  document.querySelector(".chooser input:checked").checked = false;
}

// On a council's page the search shows first what is that council's. What comes while somebody scrolls stays below.
const results = document.querySelector(".md-search-result__list");
const place = location.pathname.split("/")[1];
const isTheirs = (item) => item.querySelector("a")?.pathname.startsWith(`/${place}/`);
if (results && place) {
  new MutationObserver(() => {
    const every = [...results.children];
    const theirs = every.filter(isTheirs);
    const isFirst = theirs.every((item, number) => every[number] === item);
    if (!isFirst && !results.closest(".md-search__scrollwrap").scrollTop) results.prepend(...theirs);
  }).observe(results, { childList: true });
}

// A printed page is out of date one day: each sheet says on which day it was valid.
addEventListener("beforeprint", () => {
  const day = new Date().toLocaleDateString("en-GB", { dateStyle: "long" });
  const sheet = document.getElementById("printed-on") ?? document.body.appendChild(document.createElement("style"));
  sheet.id = "printed-on";
  sheet.textContent = `@page { @bottom-left { content: "Printed on ${day}. Valid on the day printed" } }`;
});
