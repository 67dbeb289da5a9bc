// Asks the twin once a second how things are, and draws what has changed.
import { WORDS } from "./words.js";

const SIGNS = { Available: "✓", Busy: "●", DoNotDisturb: "–", BeRightBack: "◷", Away: "◷", Offline: "×" };
const CHOICES = ["Available", "Busy", "DoNotDisturb", "BeRightBack", "Away", "Offline"];
// What can be made to go wrong with the buttons: Graph alone, so that signing in goes on working, until it is well again.
const FAULTS = {
  down: { kind: "unavailable", path: "/v1.0/*", times: null },
  slow: { kind: "slow", path: "/v1.0/*", times: null, seconds: 1.5 },
};
const STANDS = ["signed_in", "signed_out", "needs_consent", "needs_admin", "revoked"];
const cards = new Map();
let language = localStorage.getItem("language") ?? (navigator.language.startsWith("nl") ? "nl" : "en");
let world = null;

const word = (key, values = {}) =>
  (WORDS[language][key] ?? key).replace(/\{(\w+)\}/g, (_, name) => values[name]);

function made(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value !== false) element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children);
  return element;
}

// English as Europe writes it: the day before the month.
const locale = () => (language === "en" ? "en-GB" : language);

// Times as the person sees them, in their own zone, in whole minutes as on a card. An end that Graph was given as a length may be a moment early.
const time = (text, zone) => shown(new Date(Math.floor((Date.parse(text) + 5_000) / 60_000) * 60_000), zone);

// The day is named when it is not today in the twin.
function shown(at, zone) {
  const day = (when) => when.toLocaleDateString("sv", { timeZone: zone });
  const clock = at.toLocaleTimeString(locale(), { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: zone });
  if (day(at) === day(new Date(world.now))) return clock;
  return `${at.toLocaleDateString(locale(), { weekday: "short", day: "numeric", month: "short", timeZone: zone })} ${clock}`;
}

// The day of the end only where it is another than the beginning's.
function span(one, zone) {
  const [start, end] = [time(one.start, zone), time(one.end, zone)];
  const day = start.slice(0, -5);
  return `${start} – ${day && end.startsWith(day) ? end.slice(-5) : end}`;
}

function why(person) {
  const { preferred, sessions, zone } = person;
  if (!sessions.length && preferred) return word("no-teams-preferred", { presence: `"${word(preferred.availability)}"` });
  if (!sessions.length) return word("no-teams");
  return preferred ? word("preferred", { until: time(preferred.until, zone) }) : word("calendar");
}

function presence(person) {
  const { availability, activity } = person;
  const more = activity === availability || activity === "OffWork" ? "" : `, ${word(activity)}`;
  return `${word(activity === "OffWork" ? activity : availability)}${more}`;
}

function event(person, one) {
  const tags = [word(one.showAs)];
  if (one.sensitivity !== "normal") tags.push(word(one.sensitivity));
  if (Object.keys(one.properties).length) tags.push(word("samen"));
  if (!one.reminder) tags.push(word("no-reminder"));
  const button = (key, act) => made("button", {
    type: "button", "aria-label": word("which", { what: word(key), subject: one.subject }),
    onclick: () => does(person.userId, act),
  }, word(key));
  const shift = (text) => new Date(Date.parse(text) + 1_800_000).toISOString();
  return made("li", {},
    made("span", { class: "when" }, span(one, person.zone)),
    made("span", { class: "what" }, one.subject || "–", " ", ...[...tags, ...one.categories].map((tag) => made("span", { class: "tag" }, tag))),
    made("span", { class: "do" },
      button("later", { act: "edit", event: one.id, start: shift(one.start), end: shift(one.end) }),
      button("delete", { act: "delete", event: one.id })));
}

function live(person) {
  const signs = Object.values(person.signIns).map((state) => word(state)).join(", ");
  const events = person.events.filter((one) => Date.parse(one.end) > Date.parse(world.now) - 86_400_000);
  return [
    made("h2", {}, person.name),
    made("p", { class: `presence ${person.availability}` },
      made("span", { class: "sign", "aria-hidden": "true" }, SIGNS[person.availability] ?? "?"), presence(person)),
    made("p", { class: "quiet" }, why(person)),
    person.status
      ? made("blockquote", {}, person.status.text,
        ...(person.status.until ? [made("span", { class: "quiet ends" }, word("until", { until: time(person.status.until, person.zone) }))] : []))
      : made("p", { class: "quiet none" }, word("no-status")),
    made("h3", {}, word("events")),
    events.length ? made("ul", { class: "events" }, ...events.map((one) => event(person, one))) : made("p", { class: "quiet none" }, word("no-events")),
    made("p", { class: "quiet" }, `${word("sign-in")}: ${signs}`),
  ];
}

const does = (who, act) => tells("POST", `people/${encodeURIComponent(who)}/acts`, act);

// From now on only this goes wrong, or nothing.
async function breaks(fault) {
  await tells("DELETE", "faults");
  if (fault) await tells("POST", "faults", FAULTS[fault]);
}

async function tells(method, path, told) {
  const answer = await fetch(`/_twin/${path}`, {
    method, headers: { "Content-Type": "application/json" }, body: told && JSON.stringify(told),
  });
  say(answer.ok ? "" : word("refused", { why: (await answer.json()).error.message }));
  await look();
}

function say(text) {
  const trouble = document.getElementById("trouble");
  if (trouble.textContent !== text) trouble.textContent = text;
}

// A labelled field and the button beside it.
function row(label, field, button, act) {
  return made("form", { onsubmit: (submitted) => { submitted.preventDefault(); act(); } },
    made("label", {}, label, field), made("button", {}, button));
}

function deeds(person) {
  const who = person.userId;
  const choice = made("select", {}, ...CHOICES.map((one) => made("option", { value: one }, word(one === "Offline" ? "OffWork" : one))));
  const status = made("input", { maxlength: 280 });
  const subject = made("input", { value: word("meeting"), maxlength: 255 });
  const starts = made("input", { type: "number", value: 30, min: 0, max: 10080 });
  const lasts = made("input", { type: "number", value: 30, min: 5, max: 1440 });
  const stand = made("select", {}, ...STANDS.map((one) => made("option", { value: one }, word(one))));
  const plain = (key, act) => made("button", { type: "button", onclick: () => does(who, act) }, word(key));
  const book = () => {
    const start = Date.parse(world.now) + starts.valueAsNumber * 60_000;
    const at = (minutes) => new Date(Math.round(start / 60_000 + minutes) * 60_000).toISOString();
    return does(who, { act: "book", subject: subject.value, start: at(0), end: at(lasts.valueAsNumber) });
  };
  return made("details", {},
    made("summary", {}, word("act", { name: person.name })),
    row(word("presence"), choice, word("set"), () => does(who, { act: "prefer", availability: choice.value })),
    made("p", { class: "buttons" }, plain("reset", { act: "reset" }), plain("close", { act: "appear", availability: null }), plain("open", { act: "appear", availability: "Available" })),
    row(word("status"), status, word("write"), () => does(who, { act: "say", text: status.value })),
    made("form", { onsubmit: (submitted) => { submitted.preventDefault(); book(); } },
      made("label", { class: "wide" }, word("subject"), subject), made("label", {}, word("starts"), starts), made("label", {}, word("lasts"), lasts),
      made("button", {}, word("book"))),
    row(word("sign-in"), stand, word("change"), () => does(who, { act: "consent", state: stand.value })));
}

function card(person) {
  const body = made("div");
  const element = made("article", {}, body, deeds(person));
  document.getElementById("people").append(element);
  return { body, drawn: "", seen: "" };
}

function draw() {
  for (const element of document.querySelectorAll("[data-word]")) element.textContent = word(element.dataset.word);
  for (const button of document.querySelectorAll("[data-language]")) button.setAttribute("aria-pressed", button.dataset.language === language);
  document.documentElement.lang = language;
  document.title = word("title");
  if (!world) return;
  const ahead = world.ahead ? ` ${word("ahead", { ahead: `${Math.floor(world.ahead / 3600)}:${String(Math.floor(world.ahead / 60) % 60).padStart(2, "0")}` })}` : "";
  const faults = world.faults.length ? ` ${word("faults", { faults: world.faults.map((one) => word(`fault-${one.kind}`)).join(", ") })}` : "";
  const zone = world.people[0]?.zone;
  document.getElementById("clock").textContent = word("clock", { time: shown(new Date(world.now), zone) }) + ahead + faults;
  for (const person of world.people) update(person);
}

function update(person) {
  if (!cards.has(person.userId)) cards.set(person.userId, card(person));
  const held = cards.get(person.userId);
  const wanted = JSON.stringify([language, person, time(world.now, person.zone)]);
  if (held.drawn === wanted) return;
  held.drawn = wanted;
  // Whoever is at a button of an event stays at the same one.
  const buttons = () => [...held.body.querySelectorAll("button")];
  const at = buttons().indexOf(document.activeElement);
  held.body.replaceChildren(...live(person));
  if (at >= 0) (buttons()[at] ?? buttons().at(-1))?.focus();
  const news = `${person.name}: ${presence(person)}`;
  if (held.seen && held.seen !== news) document.getElementById("news").textContent = news;
  held.seen = news;
}

async function look() {
  try {
    world = await (await fetch("/_twin/world")).json();
    if (document.getElementById("trouble").textContent === word("gone")) say("");
    draw();
    if (document.getElementById("journal").open) await asked();
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    say(word("gone"));
  }
}

async function asked() {
  const { value } = await (await fetch("/_twin/journal")).json();
  const list = document.querySelector("#journal ol");
  const names = Object.fromEntries(world.people.map((one) => [one.userId, one.name]));
  const lines = value.slice(-20).reverse().map((one) => {
    const path = decodeURIComponent(one.path).replace(/[0-9a-f-]{36}/, (id) => names[id] ?? id).replace(/(AAMk.{6}).*/, "$1…");
    return made("li", {}, made("code", {}, `${one.method} ${path}`), ` ${one.status ?? word("unanswered")}${one.fault ? ` (${one.fault})` : ""}`);
  });
  list.replaceChildren(...(lines.length ? lines : [made("li", {}, word("journal-none"))]));
}

for (const button of document.querySelectorAll("[data-language]")) {
  button.addEventListener("click", () => {
    language = button.dataset.language;
    localStorage.setItem("language", language);
    cards.clear();
    document.getElementById("people").replaceChildren();
    document.getElementById("news").textContent = "";  // said in the other language
    draw();
  });
}
for (const button of document.querySelectorAll("[data-fault]")) {
  button.addEventListener("click", () => breaks(button.dataset.fault));
}
document.getElementById("journal").addEventListener("toggle", look);
draw();
await look();
setInterval(() => document.hidden || look(), 1000);
