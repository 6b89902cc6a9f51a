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

// Words that stand nowhere in the guide are most likely mistyped: the search offers the nearest that do. The list of
// words comes from the build, the most frequent first, and is asked for with the first search.
const found = document.querySelector(".md-search-result__meta");
const field = document.querySelector(".md-search__input");
let known;
if (found && field) {
  const hint = document.createElement("p");
  hint.className = "search-hint";
  hint.setAttribute("role", "status");
  found.after(hint);
  const look = async () => {
    const { base } = JSON.parse(document.getElementById("__config").textContent);
    const words = new URL(`${base}/search/words.json`, location);
    known ??= fetch(words).then((answer) => (answer.ok ? answer.json() : []), () => []);
    const typed = field.value.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
    const all = await known;
    const meant = typed.map((word) => (word.length < 4 || all.some((one) => one.startsWith(word)) ? word : nearest(word, all)));
    const instead = meant.join(" ");
    hint.replaceChildren();
    if (meant.every((word, place) => word === typed[place])) return;
    const press = document.createElement("button");
    press.type = "button";
    press.textContent = instead;
    press.addEventListener("click", () => {
      field.value = instead;
      field.dispatchEvent(new Event("keyup", { bubbles: true }));
      field.focus();
    });
    hint.append("Did you mean ", press, "?");
  };
  new MutationObserver(look).observe(found, { childList: true, characterData: true, subtree: true });
}

function nearest(word, all) {
  const most = word.length < 7 ? 1 : 2;
  let best = word, least = most + 1;
  for (const one of all) {
    if (Math.abs(one.length - word.length) > most) continue;
    const far = distance(word, one);
    if (far < least) [best, least] = [one, far];
  }
  return best;
}

// How many letters are wrong, missing, too many, or two of them exchanged.
function distance(one, other) {
  let before = [], above = Array.from({ length: other.length + 1 }, (_, place) => place);
  for (let i = 1; i <= one.length; i++) {
    const row = [i];
    for (let j = 1; j <= other.length; j++) {
      const same = one[i - 1] === other[j - 1] ? 0 : 1;
      row[j] = Math.min(above[j] + 1, row[j - 1] + 1, above[j - 1] + same);
      if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]) row[j] = Math.min(row[j], before[j - 2] + 1);
    }
    [before, above] = [above, row];
  }
  return above[other.length];
}

// A printed page is out of date one day: each sheet says on which day it was valid.
addEventListener("beforeprint", () => {
  const day = new Date().toLocaleDateString("en-GB", { dateStyle: "long" });
  const sheet = document.getElementById("printed-on") ?? document.body.appendChild(document.createElement("style"));
  sheet.id = "printed-on";
  sheet.textContent = `@page { @bottom-left { content: "Printed on ${day}. Valid on the day printed" } }`;
});
