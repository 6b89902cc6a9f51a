// The browser's half of practice_alerts/ui/page/text_field.py.
//
// Streamlit calls the default function when the field appears and whenever its data changes. What is
// typed lives in a Field, which outlasts the elements: Streamlit may take them away and make new ones.
// A stamp names one state of one field. The server gives back two: `seen`, the last that reached it,
// and `settled`, the last that the page has kept. The server's text is shown only over a settled one.

const PAUSE = 1000; // after the last key, before the text is sent
const PATIENCE = 10000; // before saying that the server has not got the text; as long it holds up a click
const NEARLY = 0.8; // of the most characters: from here on the rest is counted
const LONG = 50000; // characters: from here on Chromium's own dir="auto" takes seconds, at a million twenty
const RIGHT_TO_LEFT = /^[^\p{L}]*[\u0591-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]/u; // first letter

const fields = new Map();
let stamps = 0;
const thisPage = crypto.getRandomValues(new Uint32Array(2)).join("-");

export default function ({ data, setStateValue, parentElement }) {
  const name = `${location.pathname} ${data.key}`;
  const field = fields.get(name) ?? new Field();
  fields.set(name, field);
  field.give = (typed) => setStateValue("typed", typed);
  field.appear(parentElement, data);
  return () => {
    field.disappear(parentElement);
    if (!field.unseen && !field.parts) fields.delete(name);
  };
}

class Field {
  text = "";
  stamp = ""; // of the text as it is here; empty until somebody types
  sent = ""; // the last stamp given to Streamlit
  seen = "";
  parts = null;
  focus = null; // where the cursor was when the elements were taken away

  get unseen() {
    return this.stamp !== this.seen;
  }

  appear(parent, data) {
    if (this.parts?.parent !== parent || this.parts.many !== data.lines > 1) {
      this.keepFocus();
      this.parts?.box.remove();
      this.parts = build(parent, data, this);
      suit(this.parts.input, this.text);
      this.parts.input.value = this.text;
    }
    this.data = data;
    if (data.seen === this.stamp) this.seen = this.stamp;
    if (!this.unseen) this.noTrouble();
    else if (this.sent === this.stamp) {
      this.sent = ""; // it went to a server, or to a step of the page, that is gone
      this.sendSoon();
    }
    if (this.stamp === "" || this.stamp === data.settled) this.take(data.value);
    describe(this.parts, data);
    this.count();
    this.giveFocusBack();
  }

  disappear(parent) {
    if (this.parts?.parent !== parent) return; // it has appeared elsewhere in the meantime
    this.sendNow();
    this.keepFocus();
    this.parts.box.remove();
    this.parts = null;
    this.noTrouble();
  }

  take(text) {
    const { input } = this.parts;
    this.text = text;
    if (input.value === text) return;
    const [start, end] = [input.selectionStart, input.selectionEnd];
    suit(input, text);
    input.value = text;
    if (document.activeElement === input) input.setSelectionRange(start, end);
  }

  typed() {
    this.text = this.parts.input.value;
    suit(this.parts.input, this.text);
    this.stamp = `${thisPage}-${++stamps}`;
    this.sendSoon();
  }

  sendSoon() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.sendNow(true), PAUSE);
  }

  sendNow(again = false) {
    clearTimeout(this.timer);
    if (!this.unseen || (this.sent === this.stamp && !again)) return;
    this.sent = this.stamp;
    this.give({ text: this.text, stamp: this.stamp });
    this.count(true);
    clearTimeout(this.worry);
    this.worry = setTimeout(() => this.trouble(), PATIENCE);
  }

  trouble() {
    if (!this.parts || !this.unseen) return;
    this.parts.trouble.textContent =
      "Not saved yet: the server does not answer. Keep this page open; what you typed is still here.";
    this.sendNow(true);
  }

  noTrouble() {
    clearTimeout(this.worry);
    if (this.parts) this.parts.trouble.textContent = "";
  }

  // Seen at once; read out only at a pause, or a screen reader would talk over every key.
  count(aloud = false) {
    if (!this.parts) return;
    const { most } = this.data;
    const left = most === null ? Infinity : most - characters(this.text);
    const told = left > most * (1 - NEARLY) ? "" : remaining(left);
    this.parts.count.textContent = told;
    this.parts.count.classList.toggle("over", left < 0);
    if (aloud || told === "") this.parts.aloud.textContent = told;
  }

  keepFocus() {
    const input = this.parts?.input;
    if (!input || (document.activeElement !== input && input !== lastLost)) return;
    this.focus = [input.selectionStart, input.selectionEnd, performance.now()];
  }

  giveFocusBack() {
    const [start, end, when] = this.focus ?? [];
    this.focus = null;
    const nobodyHasIt = document.activeElement === null || document.activeElement === document.body;
    if (when === undefined || !nobodyHasIt || performance.now() - when > PAUSE) return;
    this.parts.input.focus({ preventScroll: true });
    this.parts.input.setSelectionRange(start, end);
  }
}

// An element that is taken away loses the focus before anybody is told that it goes.
let lastLost = null;

function lost(input) {
  lastLost = input;
  setTimeout(() => {
    if (lastLost === input) lastLost = null;
  }, 0);
}

function build(parent, data, field) {
  const many = data.lines > 1;
  const box = element("div", "saving-text");
  const parts = {
    parent,
    many,
    box,
    label: element("label"),
    hint: element("p", "hint"),
    error: element("p", "error"),
    input: element(many ? "textarea" : "input"),
    offers: element("datalist"),
    count: element("p", "count"),
    aloud: element("p", "unseen"),
    trouble: element("p", "trouble"),
  };
  const { input, aloud, trouble } = parts;
  if (!many) input.type = "text";
  input.autocomplete = "off"; // a browser shall not remember a child's details
  aloud.setAttribute("aria-live", "polite");
  trouble.setAttribute("role", "status");
  input.addEventListener("beforeinput", ({ data }) => {
    if (data?.length > LONG) suit(input, data);
  });
  input.addEventListener("input", () => {
    field.typed();
    field.count();
  });
  input.addEventListener("blur", () => {
    lost(input);
    field.sendNow();
  });
  input.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (!many || event.ctrlKey || event.metaKey)) field.sendNow();
  });
  box.append(parts.label, parts.hint, parts.error, input, parts.offers, parts.count, aloud, trouble);
  parent.append(box);
  return parts;
}

function describe(parts, data) {
  const { box, label, hint, error, input, count } = parts;
  input.id = label.htmlFor = data.id;
  hint.id = `${data.id}-hint`;
  error.id = `${data.id}-error`;
  count.id = `${data.id}-count`;
  label.textContent = data.label;
  hint.textContent = data.hint;
  if (data.error) error.replaceChildren(element("span", "unseen", "Error: "), data.error);
  else error.replaceChildren();
  box.classList.toggle("has-error", data.error !== "");
  if (parts.many) input.rows = data.lines;
  offer(parts, data);
  const described = [data.hint && hint.id, data.error && error.id, data.most !== null && count.id];
  attribute(input, "aria-describedby", described.filter(Boolean).join(" "));
  attribute(input, "aria-invalid", data.error ? "true" : "");
  attribute(input, "aria-required", data.required ? "true" : "");
}

// What stands in the field counts: a choice fills it in, and nothing is taken back when it is left.
function offer({ input, offers }, { id, offers: texts }) {
  const offered = [...offers.children].map((one) => one.value);
  if (offered.join("\n") !== texts.join("\n")) {
    offers.replaceChildren(...texts.map((text) => Object.assign(element("option"), { value: text })));
  }
  offers.id = `${id}-offers`;
  attribute(input, "list", texts.length ? offers.id : "");
}

// Each language runs its own way. Told before the text is laid out, or a long one stops the page.
function suit(input, text) {
  const isLong = text.length > LONG;
  const long = RIGHT_TO_LEFT.test(text.slice(0, 1000)) ? "rtl" : "ltr";
  attribute(input, "dir", isLong ? long : "auto");
  input.spellcheck = !isLong;
}

function attribute(of, name, value) {
  if (!value) of.removeAttribute(name);
  else if (of.getAttribute(name) !== value) of.setAttribute(name, value);
}

function element(tag, name = "", text = "") {
  const made = document.createElement(tag);
  if (name) made.className = name;
  made.textContent = text;
  return made;
}

// As Python counts: one for each character, where JavaScript counts an emoji as two.
function characters(text) {
  let pairs = 0;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit >= 0xd800 && unit < 0xdc00) pairs++;
  }
  return text.length - pairs;
}

function remaining(left) {
  const number = Math.abs(left).toLocaleString("en-GB");
  const noun = Math.abs(left) === 1 ? "character" : "characters";
  return left < 0 ? `${number} ${noun} too many` : `${number} ${noun} left`;
}

const sendAll = () => fields.forEach((field) => field.sendNow());

// A text sent in the instant of a click on a link or a button loses one of the two: Streamlit takes the
// text for a wish to stay, starts on the next page before this one has kept the text, or tells of both as
// if the text were all. So the click waits.
document.addEventListener(
  "click",
  (event) => {
    const link = event.target.closest?.("a[href]:not([href^='#']), .stButton button");
    const isPlain = !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
    if (!link || !isPlain || !event.isTrusted || allSeen()) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    sendAll();
    const again = sameAs(link);
    onceKept(() => again()?.click(), performance.now() + PATIENCE);
  },
  true,
);

// Going back draws another step, which asks nothing of these fields. So it waits for the same.
addEventListener(
  "popstate",
  (event) => {
    if (!event.isTrusted || allSeen()) return;
    event.stopImmediatePropagation();
    sendAll();
    onceKept(() => dispatchEvent(new PopStateEvent("popstate")), performance.now() + PATIENCE);
  },
  true,
);

// What the page keeps may change what stands above, and then Streamlit makes every button anew.
function sameAs(link) {
  const key = link.closest("[class*='st-key-']")?.className.match(/st-key-\S+/)[0];
  const kind = link.matches("button") ? ".stButton button" : "a[href]";
  const around = key ? `.${CSS.escape(key)} ${kind}, .${CSS.escape(key)}${kind}` : kind;
  const [words, href] = [link.textContent, link.getAttribute("href")];
  const isIt = (one) => one.textContent === words && one.getAttribute("href") === href;
  return () => (link.isConnected ? link : [...document.querySelectorAll(around)].find(isIt));
}

// Then there is seldom anything to wait for.
document.addEventListener("pointerover", ({ target }) => {
  if (target.closest?.("a, button")) sendAll();
});

const allSeen = () => ![...fields.values()].some((field) => field.parts && field.unseen);

// The page keeps its texts when it likes, so that it must also have run to its end.
const running = () => document.querySelector('[data-test-script-state="running"]') !== null;

function onceKept(act, until) {
  if ((allSeen() && !running()) || performance.now() > until) act();
  else setTimeout(onceKept, 20, act, until);
}

// Streamlit sends from a timer of no length, and when a page goes no timer runs any more.
function sendAllAtOnce() {
  const { setTimeout } = window;
  window.setTimeout = (act, length, ...rest) =>
    length ? setTimeout(act, length, ...rest) : act(...rest);
  try {
    sendAll();
  } finally {
    window.setTimeout = setTimeout;
  }
}

addEventListener("beforeunload", sendAllAtOnce);
addEventListener("pagehide", sendAllAtOnce);
// On a telephone a page goes hidden and may never hear of its end.
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "hidden") sendAllAtOnce();
});
