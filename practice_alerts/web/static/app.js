// What Streamlit leaves out, and somebody who hears the page or works by keyboard needs: that a new screen
// has come, what belongs together, and which field an error is about. Loaded by practice_alerts/ui/page/frame.py.

const one = (selector, within = document) => within.querySelector(selector);
const all = (selector, within = document) => [...within.querySelectorAll(selector)];

// What a block is, by the key that the page gave it.
const BLOCKS = {
  "pa-menu": { role: "navigation", "aria-label": "In the app" },
  "pa-kept": { role: "status" },
};
const FIELD = '[class*="st-key-pa-field-"]';
const INPUT = "[role=radiogroup], [role=combobox], [role=group]:has([role=spinbutton])";

function dress() {
  give(document.documentElement, { lang: "en-GB" });
  for (const [key, said] of Object.entries(BLOCKS)) give(one(`.st-key-${key}`), said);
  for (const block of all(FIELD)) tie(block);
  for (const box of all("[data-testid=stCheckbox]")) hear(box);
  // The first page's link has no address of its own, so that a new tab would show this page again.
  for (const link of all('a[data-testid="stPageLink-NavLink"][href=""]')) give(link, { href: "./" });
  for (const link of all(".st-key-pa-menu a")) give(link, { "aria-current": isHere(link) ? "page" : "" });
}

// The question, its hint and its error stand above Streamlit's field, which knows nothing of them.
function tie(block) {
  const input = one(INPUT, block);
  const boxes = !input && one("input[type=checkbox]", block);
  const says = all(".pa-hint[id], .pa-fault[id]", block).map((part) => part.id).join(" ");
  give(block, {
    role: boxes ? "group" : "",
    "aria-labelledby": boxes ? one(".pa-label", block)?.id : "",
    "aria-describedby": boxes ? says : "",
  });
  const isWrong = input?.role !== "group" && one(".pa-fault", block);
  if (input) give(input, { "aria-describedby": says, "aria-invalid": isWrong ? "true" : "" });
}

// Somebody's words are told to Streamlit with signs that keep it from reading Markdown in them; it takes those
// away from what is seen of a box, and leaves them in what is heard.
function hear(box) {
  const seen = one("[data-testid=stMarkdownContainer]", box)?.textContent.trim();
  give(seen && one("input", box), { "aria-label": seen?.replaceAll("\u2060", "") });
}

function give(element, attributes) {
  for (const [name, value] of Object.entries(element ? attributes : {})) {
    if (!value) element.removeAttribute(name);
    else if (element.getAttribute(name) !== value) element.setAttribute(name, value);
  }
}

const isHere = (link) => new URL(link.href).pathname === location.pathname;

// A new screen, a form that is refused, an act that is done: go to where it begins, and so have it read out.
const BEGINNINGS = [".pa-faults", ".pa-done", ".pa-begin", "h1"];
let lastScreen = null;

function arrive() {
  const screen = one("[data-pa-screen]")?.dataset.paScreen;
  if (screen === undefined || screen === lastScreen || !isDrawn()) return;
  const isLoaded = lastScreen === null; // a page that has just been loaded begins at its top by itself
  lastScreen = screen;
  if (isLoaded) return;
  const place = BEGINNINGS.map((selector) => one(selector)).find(Boolean);
  if (!place) return;
  place.tabIndex = -1;
  place.focus({ preventScroll: true });
  if (place.matches("h1, .pa-done")) one("[data-testid=stMain]").scrollTo(0, 0);
  else place.scrollIntoView();
}

// Streamlit draws a screen piece by piece, and what is left of the last one goes at the end.
const isDrawn = () =>
  one("[data-testid=stApp]")?.dataset.testScriptState === "notRunning" &&
  !one("[data-stale=true], [data-testid=stSkeleton]");

// Streamlit's link past the header leads to a part that holds the header; what follows begins at the heading.
document.addEventListener("click", (event) => {
  const heading = event.target.closest?.("[data-testid=stSkipToContent]") && one("h1");
  if (!heading) return;
  event.preventDefault();
  heading.tabIndex = -1;
  heading.focus();
});

// A link in the list of errors leads to its field, and into it.
document.addEventListener("click", (event) => {
  const link = event.target.closest?.('.pa-faults a[href^="#"]');
  const found = link && document.getElementById(decodeURIComponent(link.hash.slice(1)));
  if (!found) return;
  event.preventDefault();
  const field = found.matches("input, textarea") ? found : one("input, [tabindex='0']", found.closest(FIELD) ?? found);
  found.closest(`${FIELD}, .saving-text`)?.scrollIntoView();
  (field ?? found).focus({ preventScroll: true });
});

let isAsked = false;
new MutationObserver(() => {
  if (isAsked) return;
  isAsked = true;
  requestAnimationFrame(() => {
    isAsked = false;
    dress();
    arrive();
  });
}).observe(document.body, {
  childList: true,
  subtree: true,
  attributeFilter: ["data-pa-screen", "data-stale", "data-test-script-state"],
});
dress();
arrive();
