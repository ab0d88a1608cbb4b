// The demo page: shows one person's chat and mailbox, sends what they tap and write, and turns the clock.

const ZONE = "Europe/Berlin";
const NARROW = matchMedia("(max-width: 760px)");
const NONCE = crypto.getRandomValues(new Uint32Array(2)).join("");
const CLIENTS = { outlook: "Outlook", thunderbird: "Thunderbird", gmail: "Gmail" };
const TEXTS = await (await fetch("/static/texts.json")).json();

const state = {
  language: remembered("language") ?? (navigator.language.toLowerCase().startsWith("de") ? "de" : "en"),
  world: null, person: null, people: {}, // what the server last said
  tab: "chat", box: "inbox", open: null, view: "html", compose: null, sent: false,
  toasts: {}, drafts: {}, client: "outlook", happened: null, step: null,
};
const letters = new Map(); // opened letters never change
let deeds = []; // what the links of the shown letter do

// ---- small helpers

const $ = (selector) => document.querySelector(selector);

function h(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (value === true) node.setAttribute(name, "");
    else if (value !== false && value != null) node.setAttribute(name, value);
  }
  node.append(...children.flat(Infinity).filter((child) => child != null && child !== false && child !== ""));
  return node;
}

function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  svg.setAttribute("aria-hidden", "true");
  use.setAttribute("href", `#i-${name}`);
  svg.append(use);
  return svg;
}

function remembered(name) {
  try { return JSON.parse(localStorage.getItem(`zukunftsplan-${name}`)); } catch { return null; }
}

function remember(name, value) {
  try { localStorage.setItem(`zukunftsplan-${name}`, JSON.stringify(value)); } catch { /* private mode: forget */ }
}

function t(key, values = {}) {
  return TEXTS[state.language][key].replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

function counted(key, n) {
  const one = new Intl.PluralRules(state.language).select(n) === "one";
  return t(`${key}.${one ? "one" : "other"}`, { n });
}

class Fault extends Error {
  constructor(status) { super(); this.status = status; }
  get text() { return TEXTS[state.language][`error-${this.status}`] ?? t("error"); }
}

async function ask(path, body) {
  const order = body && { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) };
  const answer = await fetch(`${path}?language=${state.language}`, order).catch(() => { throw new Fault(0); });
  if (!answer.ok) throw new Fault(answer.status);
  return answer.json();
}

// What the deed gives, or null once the person has been told that it failed.
async function attempt(deed) {
  try { return await deed(); } catch (fault) { toast(fault instanceof Fault ? fault.text : t("error")); return null; }
}

const prints = new WeakMap(); // what a node was built from

// Bring a list up to date and touch only what changed, so that focus, scroll and animations stay.
function keep(parent, items, build) {
  const old = new Map([...parent.children].map((node) => [node.dataset.key, node]));
  const nodes = items.map((item) => {
    const { language } = state, json = JSON.stringify(item);
    const before = old.get(String(item.key)), print = before && prints.get(before);
    if (print?.json === json && print.language === language) return before;
    const node = build(item, before ? (print.json === json ? "same" : "changed") : "new");
    node.dataset.key = item.key;
    prints.set(node, { json, language });
    if (before) swap(before, node);
    return node;
  });
  const kept = new Set(nodes);
  for (const node of [...parent.children]) if (!kept.has(node)) node.remove();
  nodes.forEach((node, at) => { if (parent.children[at] !== node) parent.insertBefore(node, parent.children[at] ?? null); });
}

function swap(before, node) {
  const focused = before.contains(document.activeElement);
  before.replaceWith(node);
  if (focused) (node.matches("button") ? node : node.querySelector("button") ?? node.parentElement).focus();
}

// ---- moments

function format(at, options) {
  const locale = state.language === "de" ? "de-DE" : "en-GB";
  return new Intl.DateTimeFormat(locale, { timeZone: ZONE, ...options }).format(new Date(at));
}

const time = (at) => format(at, { hour: "2-digit", minute: "2-digit" });
const day = (at) => format(at, { year: "numeric", month: "2-digit", day: "2-digit" });

function moment(at, { year = false, short = false } = {}) {
  const length = short ? "short" : "long";
  const date = format(at, { weekday: length, day: "numeric", month: length, ...(year && { year: "numeric" }) });
  return t("moment", { date: date.replace(/(\d) |(\d\.) /, "$1$2\u00a0"), time: time(at).replace(/^0/, "") });
}

function dayName(at) {
  const now = new Date(state.world.now);
  if (day(at) === day(now)) return t("today");
  if (day(at) === day(now - 86_400_000)) return t("yesterday");
  const year = day(at).slice(-4) !== day(now).slice(-4);
  return format(at, { day: "numeric", month: "long", ...(year && { year: "numeric" }) });
}

function shortDay(at) {
  if (day(at) === day(state.world.now)) return time(at);
  return format(at, { day: "numeric", month: "short" });
}

// ---- what has been read (kept in this browser, per run of the demo)

function seen() {
  const kept = remembered("seen");
  return kept?.world === state.world.world ? kept : { world: state.world.world, chat: {}, mail: {} };
}

function unread(person) {
  const { chat, mail } = seen();
  return {
    chat: person.messages.filter((id) => id > (chat[person.key] ?? 0)).length,
    mail: person.letters - (mail[person.key]?.length ?? 0),
  };
}

function markChat() {
  const person = who();
  if (document.hidden || (NARROW.matches && state.tab !== "chat") || !person.messages.length) return;
  const kept = seen();
  kept.chat[person.key] = Math.max(...person.messages);
  remember("seen", kept);
}

function markLetter(number) {
  const kept = seen();
  const read = (kept.mail[state.person] ??= []);
  if (!read.includes(number)) read.push(number);
  remember("seen", kept);
}

// ---- links: some of them are things to do here

const who = () => state.world.cast.find((person) => person.key === state.person);

function deedOf(href) {
  const url = URL.parse ? URL.parse(href) : safeUrl(href);
  if (url?.protocol === "mailto:") return () => compose({ kind: "link", ...mailto(url) });
  if (url && /^https?:$/.test(url.protocol) && url.hostname === "t.me" && url.searchParams.has("start")) {
    return () => start(url.searchParams.get("start"));
  }
  return null;
}

function safeUrl(href) {
  try { return new URL(href); } catch { return null; }
}

function mailto(url) { // RFC 6068: a plus is a plus
  const fields = Object.fromEntries(url.search.slice(1).split("&").map((pair) => {
    const [name, ...value] = pair.split("=");
    return [name.toLowerCase(), decoded(value.join("="))];
  }));
  return { recipient: decoded(url.pathname), subject: fields.subject ?? "", text: (fields.body ?? "").replace(/\r\n?/g, "\n") };
}

function decoded(text) {
  try { return decodeURIComponent(text); } catch { return text; }
}

function link(href, children) {
  const deed = deedOf(href);
  if (deed) return h("a", { href, onclick: (event) => { event.preventDefault(); deed(); } }, children);
  if (/^https?:/.test(href)) return h("a", { href, target: "_blank", rel: "noopener noreferrer" }, children);
  return h("span", {}, children);
}

// Make addresses in plain text clickable; in a chat also its commands.
function linked(text, commands) {
  const pattern = commands ? /((?:https?:\/\/|mailto:)[^\s<>"]+[^\s<>".,;:!?)]|(?<![\w/])\/[a-z]\w{0,31}(?![\w/]))/ : /((?:https?:\/\/|mailto:)[^\s<>"]+[^\s<>".,;:!?)])/;
  return text.split(pattern).map((part, at) => {
    if (at % 2 === 0) return part;
    if (!part.startsWith("/")) return link(part, [part]);
    return h("a", { href: "#", onclick: (event) => { event.preventDefault(); say(part); } }, part);
  });
}

window.addEventListener("hashchange", () => {
  const [mark, number] = location.hash.slice(1).split(".");
  if (mark !== NONCE) return;
  history.replaceState(null, "", location.pathname);
  deeds[number]?.();
});

// ---- the chat

const TAGS = { B: "b", STRONG: "b", I: "i", EM: "i", U: "u", INS: "u", S: "s", STRIKE: "s", DEL: "s", CODE: "code", PRE: "pre", BLOCKQUOTE: "blockquote" };

// Telegram's HTML, rebuilt node by node: nothing but its few tags gets through.
function rich(html, commands) {
  const inside = new DOMParser().parseFromString(`<body>${html}`, "text/html").body;
  return [...inside.childNodes].map((node) => richNode(node, commands));
}

function richNode(node, commands) {
  if (node.nodeType === Node.TEXT_NODE) return linked(node.data, commands);
  if (node.nodeType !== Node.ELEMENT_NODE) return "";
  if (node.tagName === "A") return link(node.getAttribute("href") ?? "", [node.textContent]);
  if (node.tagName === "BR") return "\n";
  const inside = [...node.childNodes].map((child) => richNode(child, commands));
  if (node.tagName === "TG-SPOILER" || node.classList.contains("tg-spoiler")) return h("span", { class: "spoiler", tabindex: 0 }, inside);
  return h(TAGS[node.tagName] ?? "span", {}, inside);
}

function showChat() {
  const person = who(), chat = state.people[state.person]?.chat;
  const messages = chat?.messages ?? [];
  $("#bot-name").textContent = state.world.assistant.name;
  const log = $("#log"), before = log.dataset.person === person.key ? log.querySelectorAll(".message").length : null;
  log.dataset.person = person.key;
  keep(log, withDays(messages), (item, fate) => (item.day ? h("p", { class: "day" }, item.day) : bubble(item, before === null ? "same" : fate)));
  if (before === null || messages.length > before) scrollTo(log, before === null ? null : before);
  $("#chat-empty").replaceChildren(...emptyChat(person, chat));
  $("#say").hidden = !messages.length;
  $("#start").hidden = !chat || messages.length > 0;
  showMenu(chat?.menu ?? []);
  showToasts(chat?.toasts ?? []);
}

function withDays(messages) {
  const items = [];
  for (const message of messages) {
    const name = dayName(message.at);
    if (items.findLast((item) => item.day)?.day !== name) items.push({ key: `day-${day(message.at)}`, day: name });
    items.push({ key: `${state.person}-${message.id}`, ...message });
  }
  return items;
}

let stuck = true; // the newest message stays in sight while the chat changes its size

function followChat() {
  const log = $("#log");
  log.addEventListener("scroll", () => { stuck = log.scrollHeight - log.scrollTop - log.clientHeight < 40; }, { passive: true });
  new ResizeObserver(() => { if (stuck) log.scrollTop = log.scrollHeight; }).observe(log);
  log.addEventListener("load", () => { if (stuck) log.scrollTop = log.scrollHeight; }, true);
}

function scrollTo(log, from) {
  const bottom = log.scrollHeight - log.clientHeight;
  const first = from === null ? null : log.querySelectorAll(".message")[from];
  log.scrollTop = first ? Math.min(bottom, first.offsetTop - log.offsetTop - 12) : bottom;
}

function bubble(message, fate) {
  const inside = h("div", { class: "bubble" },
    message.document && documentOf(message),
    rich(message.html, message.bot),
    h("span", { class: "stamp" }, message.edited && `${t("edited")} `, h("time", { datetime: message.at }, time(message.at))));
  const rows = message.buttons.map((row) => h("div", {}, row.map((button) => key(message, button))));
  const name = message.bot ? state.world.assistant.name : who().name;
  return h("article", { class: `message ${fate}${message.bot ? "" : " mine"}`, "aria-label": name },
    inside, rows.length > 0 && h("div", { class: "keys" }, rows));
}

function documentOf(message) {
  const href = `/api/people/${state.person}/documents/${message.id}`;
  const inside = message.picture ? h("img", { src: href, alt: message.document }) : [icon("file"), message.document];
  return h("a", { class: message.picture ? "picture" : "document", href, target: "_blank", rel: "noopener" }, inside);
}

function key(message, button) {
  const deed = button.url ? deedOf(button.url) ?? (() => window.open(button.url, "_blank", "noopener")) : null;
  return h("button", { class: "key", onclick: (event) => (deed ? deed() : press(event.currentTarget, message, button)) }, button.text);
}

function emptyChat(person, chat) {
  if (state.people[person.key] && !chat) return emptyNote("chat", t("chat-none", { name: person.name }), t("chat-none-hint"));
  return chat && !chat.messages.length ? emptyNote("chat", t("chat-empty"), t("chat-empty-hint")) : [];
}

function emptyNote(name, title, hint) {
  return [icon(name), h("h3", {}, title), h("p", {}, hint)];
}

async function press(button, message, { data }) {
  button.setAttribute("aria-busy", "true");
  setTimeout(() => button.removeAttribute("aria-busy"), 4000);
  await attempt(() => ask(`/api/people/${state.person}/press`, { message: message.id, data }));
}

function say(text, file) {
  return attempt(async () => ask(`/api/people/${state.person}/say`, { text, file: await packed(file) }));
}

// A chosen file as the server takes it; undefined when there is none.
async function packed(file) {
  if (!file?.size) return undefined;
  const address = await new Promise((done, failed) => {
    const reader = Object.assign(new FileReader(), { onload: () => done(reader.result), onerror: () => failed(new Fault(0)) });
    reader.readAsDataURL(file);
  });
  return { name: file.name, data: address.slice(address.indexOf(",") + 1) };
}

async function start(payload = "") {
  if (!who().telegram) return toast(t("chat-none", { name: who().name }));
  showTab("chat");
  return attempt(() => ask(`/api/people/${state.person}/start`, { payload }));
}

function showMenu(entries) {
  const typed = $("#say textarea").value;
  const shown = entries.filter(([command]) => !typed.startsWith("/") || `/${command}`.startsWith(typed));
  keep($("#menu"), shown.map(([command, text]) => ({ key: command, text })), (item) =>
    h("li", {}, h("button", { type: "button", onclick: () => { openMenu(false); $("#say textarea").value = ""; $("#say textarea").focus(); say(`/${item.key}`); } },
      h("b", {}, `/${item.key}`), h("span", {}, item.text))));
  $("#menu-button").hidden = !entries.length;
}

function openMenu(open) {
  $("#menu").hidden = !open || !$("#menu").children.length;
  $("#menu-button").setAttribute("aria-expanded", String(!$("#menu").hidden));
}

let toastTimer;

function toast(text) {
  $("#toast").textContent = "";
  clearTimeout(toastTimer);
  requestAnimationFrame(() => { $("#toast").textContent = text; });
  toastTimer = setTimeout(() => { $("#toast").textContent = ""; }, 3500);
}

function showToasts(toasts) {
  const before = state.toasts[state.person] ?? toasts.length;
  state.toasts[state.person] = toasts.length;
  const fresh = toasts.slice(before).filter(Boolean);
  if (toasts.length > before) document.querySelectorAll(".key[aria-busy]").forEach((busy) => busy.removeAttribute("aria-busy"));
  if (fresh.length) toast(fresh.at(-1));
}

// ---- the mailbox

const nameOf = (people) => people.map(({ name, email }) => name || nameAt(email)).join(", ") || "–";

// The assistant's addresses carry a token behind a plus.
function nameAt(email) {
  const { assistant } = state.world;
  return email.replace(/\+[^@]*@/, "@") === assistant.email ? assistant.name : email;
}

function showMail() {
  const person = who(), mail = state.people[state.person];
  const box = (mail?.[state.box] ?? []).map((letter, number) => ({ ...letter, number })).reverse();
  $("#address").textContent = person.email;
  document.querySelectorAll("[data-box]").forEach((b) => b.setAttribute("aria-pressed", String(b.dataset.box === state.box)));
  $("[data-box=inbox] .badge").textContent = unread(person).mail || "";
  const read = seen().mail[person.key] ?? [];
  keep($("#letters"), box.map((letter) => ({
    ...letter, key: `${person.key}-${state.box}-${letter.number}`, when: shortDay(letter.at),
    current: state.open === letter.number, unread: state.box === "inbox" && !read.includes(letter.number),
  })), entry);
  $("#mail-empty").replaceChildren(...(mail && !box.length ? emptyBox() : []));
  $("#desk").dataset.empty = String(!box.length);
  $("#desk").dataset.reading = String(state.open !== null || state.compose !== null);
}

function emptyBox() {
  const note = emptyNote("mail", t(`${state.box}-empty`), t(`${state.box}-empty-hint`));
  return [...note, h("button", { class: "soft", onclick: () => compose({ kind: "new" }) }, icon("pen"), t("new-letter"))];
}

function entry(letter) {
  const people = state.box === "inbox" ? nameOf(letter.from) : nameOf(letter.to);
  return h("li", {}, h("button", { class: `entry${letter.unread ? " unread" : ""}`, "aria-current": letter.current && "true", onclick: () => openLetter(letter.number) },
    h("i"), h("strong", {}, letter.unread && h("span", { class: "sr" }, `${t("new")}: `), people), h("time", { datetime: letter.at }, letter.when),
    h("em", {}, letter.enclosed && icon("clip"), letter.enclosed && h("span", { class: "sr" }, `${t("enclosed")} `), letter.subject || t("no-subject"))));
}

async function openLetter(number) {
  Object.assign(state, { open: number, compose: null, sent: false });
  if (state.box === "inbox") markLetter(number);
  showPeople();
  showMail();
  await showReading();
  if (!matchMedia("(min-width: 1241px)").matches) $("#reading h3")?.focus();
}

function closeLetter() {
  const number = state.open;
  Object.assign(state, { open: null, compose: null, sent: false });
  showMail();
  showReading();
  $(`[data-key="${state.person}-${state.box}-${number}"] button`)?.focus();
}

async function fetchLetter(path) {
  const name = `${state.world.world}${path}`;
  const letter = letters.get(name) ?? await attempt(() => ask(path));
  if (letter) letters.set(name, letter);
  return letter;
}

let reading = 0;

async function showReading() {
  const turn = ++reading;
  const path = `/api/people/${state.person}/${state.box}/${state.open}`;
  const letter = state.open === null ? null : await fetchLetter(path);
  if (turn !== reading) return; // something else was opened meanwhile
  const parts = [];
  if (letter && state.compose?.kind !== "new") parts.push(letterView(letter, path));
  if (state.compose) parts.push(composeView(letter, path));
  if (!parts.length) parts.push(h("div", { class: "empty" }, emptyNote("mail", t("reading-empty"), t("reading-empty-hint"))));
  if (state.sent) parts.push(h("p", { class: "said", role: "status" }, icon("send"), t("was-sent")));
  $("#reading").replaceChildren(...parts);
  $("#reading").classList.toggle("composing", state.compose !== null);
}

function letterView(letter, path) {
  const designed = letter.html && state.view === "html";
  return h("article", { class: "letter" },
    h("header", {},
      h("div", { class: "title" },
        h("button", { class: "quiet only-narrow", onclick: closeLetter }, icon("back"), t("back")),
        h("h3", { tabindex: -1 }, letter.subject || t("no-subject")),
        letter.html && viewSwitch()),
      aboutLetter(letter),
      letter.files.length > 0 && h("div", { class: "files", role: "group", "aria-label": t("files") }, letter.files.map((file, at) => fileLink(file, `${path}/files/${at}`)))),
    designed ? frame(letter.html) : h("pre", { class: "body", tabindex: 0 }, linked(letter.text)),
    state.box === "inbox" && !state.compose && h("div", { class: "foot" }, h("button", { class: "primary", onclick: () => compose({ kind: "reply" }) }, icon("reply"), t("reply"))));
}

function aboutLetter(letter) {
  const line = (label, people) => h("span", {}, `${label}: `, h("b", {}, nameOf(people)));
  return h("p", { class: "about" }, line(t("from"), letter.from), line(t("to"), letter.to), h("time", { datetime: letter.at }, moment(letter.at, { year: true })));
}

function viewSwitch() {
  const choose = (view) => { state.view = view; showReading(); };
  return h("div", { class: "switch", role: "group", "aria-label": t("view") }, ["html", "text"].map((view) =>
    h("button", { "aria-pressed": String(state.view === view), onclick: () => choose(view) }, t(`as-${view}`))));
}

function fileLink(file, path) {
  const size = new Intl.NumberFormat(state.language, { maximumFractionDigits: 0 }).format(Math.max(1, file.size / 1024));
  return h("a", { href: path, target: "_blank", rel: "noopener" }, icon("file"), file.name, h("small", {}, `${size} KB`));
}

// The letter's own HTML lives in a frame without scripts and without this page's origin. Its links come back to us
// as #nonce.number, because a frame without scripts can do nothing else, and only this page knows the nonce.
function frame(html) {
  const letter = new DOMParser().parseFromString(html, "text/html");
  letter.querySelectorAll("base, meta[http-equiv], script, iframe, object, embed").forEach((node) => node.remove());
  deeds = [];
  letter.querySelectorAll("a[href], area[href]").forEach(tame);
  const dark = html.includes("prefers-color-scheme"); // the letter looks after itself; others are written for white paper
  letter.head.prepend(
    h("meta", { "http-equiv": "Content-Security-Policy", content: "default-src 'none'; style-src 'unsafe-inline'; img-src data:" }),
    h("style", {}, LETTER_STYLE));
  return h("iframe", {
    class: `body${dark ? " dark" : ""}`, title: t("letter-frame"), srcdoc: `<!doctype html>${letter.documentElement.outerHTML}`,
    sandbox: "allow-popups allow-popups-to-escape-sandbox allow-top-navigation-by-user-activation",
  });
}

const LETTER_STYLE = `
  html { font: 15px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; }
  body { margin: 18px 20px; overflow-wrap: anywhere; }
  img { max-width: 100%; height: auto; }`;

function tame(anchor) {
  const href = anchor.getAttribute("href"), deed = deedOf(href);
  anchor.removeAttribute("target");
  if (deed) {
    anchor.href = `${location.origin}/#${NONCE}.${deeds.push(deed) - 1}`;
    anchor.target = "_top";
  } else if (/^https?:/.test(href)) {
    anchor.target = "_blank";
    anchor.rel = "noopener noreferrer";
  } else anchor.removeAttribute("href");
}

// ---- writing

async function compose(what) {
  Object.assign(state, { compose: what, sent: false });
  showTab("mail");
  if (what.kind === "link" && state.open === null) what.kind = "new";
  showMail();
  await showReading();
  ($("#reading input[name=subject][value='']") ?? $("#reading textarea"))?.focus();
}

function composeView(letter, path) {
  const { kind, recipient, subject, text = "" } = state.compose;
  const reply = kind === "reply";
  const area = h("textarea", { name: "text", rows: 3, maxlength: 20000, "aria-label": t("letter-text"), placeholder: t(reply ? "reply-placeholder" : "letter-placeholder"), onkeydown: sendOnCtrlEnter });
  area.value = text;
  const form = h("form", { class: `compose ${kind}`, onsubmit: (event) => { event.preventDefault(); send(form, reply ? `${path}/reply` : `/api/people/${state.person}/letter`); } },
    h("h3", {}, t(`${kind}-title`, { name: letter && nameOf(letter.from) })),
    h("button", { class: "close", type: "button", "aria-label": t("cancel"), onclick: () => { state.compose = null; showMail(); showReading(); } }, icon("close")),
    reply ? null : [field("recipient", "email", t("to"), recipient ?? state.world.assistant.email), field("subject", "text", t("subject"), subject ?? "")],
    kind !== "link" && tries(area, t(`try-${kind}`)),
    area,
    h("label", { class: "with-file" }, t("file"), h("input", { type: "file", name: "file" })),
    h("p", { class: "fault", role: "alert" }),
    h("div", { class: "actions" },
      reply && quoting(),
      h("button", { class: "primary" }, icon("send"), t("send-letter"))));
  return form;
}

function sendOnCtrlEnter(event) {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) event.currentTarget.form.requestSubmit();
}

function field(name, type, label, value) {
  return h("label", {}, label, h("input", { name, type, value, maxlength: name === "subject" ? 200 : 254, required: name === "recipient", autocomplete: "off" }));
}

function tries(area, words) {
  const insert = (word) => { area.value = word; area.focus(); };
  return h("div", { class: "tries" }, t("try"), words.split("|").map((word) => h("button", { type: "button", onclick: () => insert(word) }, word)));
}

function quoting() {
  const choose = (event) => { state.client = event.target.value; };
  return h("fieldset", {}, h("legend", {}, t("quotes")), h("div", { class: "pick" }, Object.entries(CLIENTS).map(([value, name]) =>
    h("label", {}, h("input", { type: "radio", name: "client", value, checked: state.client === value, onchange: choose }), name))));
}

async function send(form, path) {
  const button = form.querySelector(".primary"), label = button.lastChild;
  button.disabled = true;
  label.textContent = t("sending");
  try {
    const said = Object.fromEntries(new FormData(form));
    await ask(path, { ...said, file: await packed(said.file) });
    Object.assign(state, { compose: null, sent: true });
    showMail();
    await showReading();
  } catch (fault) {
    form.querySelector(".fault").textContent = fault instanceof Fault ? fault.text : t("error");
    button.disabled = false;
    label.textContent = t("send-letter");
  }
}

// ---- bar and persons

function showBar() {
  const { now, next } = state.world;
  const text = moment(now, { year: true }), shown = $("#clock time");
  if (shown.textContent && shown.dateTime !== now) replay($("#clock"), "moved");
  shown.textContent = text;
  shown.dateTime = now;
  $("#next").textContent = next ? t("next", { when: moment(next.at, { short: NARROW.matches }), what: next.text }) : t("next-none");
  if ($("#jump").getAttribute("aria-busy") !== "true") $("#jump").disabled = !next;
}

function replay(node, name) {
  node.classList.remove(name);
  void node.offsetWidth;
  node.classList.add(name);
}

function showPeople() {
  const rows = state.world.cast.map((person, at) => ({ ...person, messages: null, letters: null, at, unread: unread(person), on: person.key === state.person }));
  keep($("#cast"), rows, personButton);
  const own = unread(who());
  $(".tabs [data-tab=chat] .badge").textContent = own.chat || "";
  $(".tabs [data-tab=mail] .badge").textContent = own.mail || "";
  $("[data-box=inbox] .badge").textContent = own.mail || "";
}

function personButton(person) {
  const count = person.unread.chat + person.unread.mail;
  const words = person.name.match(/\p{L}+/gu) ?? ["?"];
  const initials = words.length > 1 ? words[0][0] + words.at(-1)[0] : words[0].slice(0, 2);
  return h("button", { class: "person", title: `${person.name}, ${person.role}`, "aria-pressed": String(person.on), onclick: () => choose(person.key) },
    h("span", { class: `face face-${person.at % 5}`, "aria-hidden": "true" }, initials),
    h("span", {}, h("strong", {}, person.name), h("em", {}, person.role)),
    count > 0 && h("b", { class: "badge", "aria-label": t("unread", { n: count }) }, String(count)));
}

async function choose(key) {
  if (key !== state.person) {
    state.drafts[state.person] = $("#say textarea").value;
    toast("");
    Object.assign(state, { person: key, box: "inbox", open: null, compose: null, sent: false });
    $("#say textarea").value = state.drafts[key] ?? "";
    openMenu(false);
    if (NARROW.matches && !who().telegram) showTab("mail");
    show();
    showReading();
    $(".person[aria-pressed=true]").scrollIntoView({ block: "nearest", inline: "center" });
  }
  await refresh();
}

function showTab(tab) {
  state.tab = tab;
  document.body.dataset.tab = tab;
  document.querySelectorAll(".tabs button").forEach((b) => b.setAttribute("aria-pressed", String(b.dataset.tab === tab)));
  if (state.world) show();
}

async function jump() {
  const button = $("#jump"), next = state.world.next;
  button.setAttribute("aria-busy", "true");
  button.disabled = true;
  button.lastChild.textContent = t("jumping");
  state.happened = await attempt(() => ask("/api/jump", { to: next.at }));
  button.removeAttribute("aria-busy");
  button.lastChild.textContent = t("jump");
  await refresh();
  button.focus();
}

// A status line is spoken anew whenever it is touched, so it is touched only when it changed.
function showHappened() {
  keep($("#happened"), state.happened ? [{ key: "happened", ...state.happened }] : [], happenedLine);
}

function happenedLine({ what, arrived }) {
  const lines = state.world.cast.map((person) => [person.name, news(arrived[person.key])]).filter(([, text]) => text);
  const text = lines.length ? lines.map(([name, counts]) => h("li", {}, t("happened-person", { name, news: counts }))) : h("li", {}, t("happened-nothing"));
  const close = () => { state.happened = null; showHappened(); $("#jump").focus(); };
  return h("div", {}, h("strong", {}, what[state.language]), h("ul", {}, text), h("button", { class: "quiet", "aria-label": t("dismiss"), onclick: close }, icon("close")));
}

function news({ messages, letters: mails } = {}) {
  return [messages && counted("messages", messages), mails && counted("letters", mails)].filter(Boolean).join(", ");
}

// ---- the tour

const byPlace = (at) => state.world.cast[Math.min(at, state.world.cast.length - 1)];
const STEPS = [
  { person: () => byPlace(0), pane: "chat", spot: "chat" },
  { person: () => byPlace(1), pane: "mail", spot: "mail" },
  { person: () => byPlace(1), pane: null, spot: "clock" },
  { person: () => byPlace(2), pane: "chat", spot: "chat" },
  { person: () => byPlace(2), pane: "mail", spot: "clock" },
];

async function guide(step, focus = true) {
  state.step = step;
  document.querySelectorAll(".spot").forEach((node) => node.classList.remove("spot"));
  if (step === null) return closeGuide();
  const { person, pane, spot } = STEPS[step];
  const shown = pane === "chat" && !person().telegram ? "mail" : pane;
  if (shown) showTab(shown);
  await choose(person().key);
  $(`[data-tour="${spot === pane ? shown : spot}"]`).classList.add("spot");
  showGuide();
  return focus && $("#guide .primary").focus();
}

function closeGuide() {
  remember("toured", true);
  $("#guide").hidden = true;
  $("#help").focus();
}

function showGuide() {
  if (state.step === null) return;
  const at = state.step, last = at === STEPS.length - 1;
  const { person, spot } = STEPS[at];
  $("#guide").hidden = false;
  $("#guide").classList.toggle("aside", spot === "mail");
  $("#guide").replaceChildren(
    h("button", { class: "close", "aria-label": t("dismiss"), onclick: () => guide(null) }, icon("close")),
    h("small", {}, t("guide-step", { n: at + 1, all: STEPS.length })),
    h("h2", {}, t(`guide-${at + 1}-title`)),
    h("p", {}, t(`guide-${at + 1}`, { name: person().name })),
    h("div", { class: "actions" },
      h("span", { class: "dots", "aria-hidden": "true" }, STEPS.map((_, n) => h("i", { class: n === at && "on" }))),
      at > 0 && h("button", { class: "quiet", onclick: () => guide(at - 1) }, t("guide-back")),
      h("button", { class: "primary", onclick: () => guide(last ? null : at + 1) }, t(last ? "guide-done" : "guide-next"))));
}

// ---- everything together

function show() {
  showBar();
  markChat();
  showPeople();
  showChat();
  showMail();
}

let running = null, again = false;

// Ask the server for the state; orders that come while one is under way share the next round.
function refresh() {
  if (running) { again = true; return running; }
  // a server that is gone shows up in the events, which say so and come back by themselves
  running = fetchAll().catch(() => {}).finally(() => { running = null; });
  return running;
}

async function fetchAll() {
  do {
    again = false;
    const key = state.person;
    const [world, person] = await Promise.all([ask("/api/world"), key && ask(`/api/people/${key}`)]);
    if (state.world && state.world.world !== world.world) location.reload(); // the demo was started anew
    state.world = world;
    if (key) state.people[key] = person;
    if (!state.person) { state.person = world.cast[0].key; again = true; }
  } while (again);
  show();
  showHappened();
}

function dress() {
  document.documentElement.lang = state.language;
  document.title = t("title");
  document.querySelectorAll("[data-t]").forEach((node) => { node.textContent = t(node.dataset.t); });
  document.querySelectorAll("[data-t-label]").forEach((node) => node.setAttribute("aria-label", t(node.dataset.tLabel)));
  document.querySelectorAll("[data-t-placeholder]").forEach((node) => { node.placeholder = t(node.dataset.tPlaceholder); });
  document.querySelectorAll("[data-language]").forEach((b) => b.setAttribute("aria-pressed", String(b.dataset.language === state.language)));
}

async function speak(language) {
  state.language = language;
  remember("language", language);
  dress();
  await refresh();
  showReading();
  showGuide();
}

function wire() {
  const area = $("#say textarea");
  $("#jump").addEventListener("click", jump);
  $("#help").addEventListener("click", () => guide(0));
  $("#start").addEventListener("click", () => start());
  $("#new-letter").addEventListener("click", () => compose({ kind: "new" }));
  $("#menu-button").addEventListener("click", () => { openMenu($("#menu").hidden); $("#menu button")?.focus(); });
  $("#say").addEventListener("submit", async (event) => {
    event.preventDefault();
    const text = area.value.trim();
    if (!text) return;
    area.value = "";
    openMenu(false);
    if (!await say(text)) area.value = text;
  });
  $("#say-file").addEventListener("change", async ({ target }) => {
    const text = area.value.trim();
    if (await say(text, target.files[0])) area.value = "";
    target.value = "";
  });
  area.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    $("#say").requestSubmit();
  });
  area.addEventListener("input", () => {
    const slash = /^\/\w*$/.test(area.value);
    showMenu(state.people[state.person]?.chat?.menu ?? []);
    openMenu(slash);
  });
  document.querySelectorAll(".tabs button").forEach((b) => b.addEventListener("click", () => showTab(b.dataset.tab)));
  document.querySelectorAll("[data-language]").forEach((b) => b.addEventListener("click", () => speak(b.dataset.language)));
  document.querySelectorAll("[data-box]").forEach((b) => b.addEventListener("click", () => {
    Object.assign(state, { box: b.dataset.box, open: null, compose: null, sent: false });
    showMail();
    showReading();
  }));
  $("#letters").addEventListener("keydown", walkLetters);
  followChat();
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    if (!$("#menu").hidden) { openMenu(false); area.focus(); } else if (state.step !== null) guide(null);
  });
  NARROW.addEventListener("change", () => state.world && show());
  document.addEventListener("visibilitychange", () => { if (!document.hidden && state.world) show(); });
}

function walkLetters(event) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step) return;
  event.preventDefault();
  const entries = [...document.querySelectorAll("#letters button")];
  entries[entries.indexOf(document.activeElement) + step]?.focus();
}

function listen() {
  const events = new EventSource("/events");
  events.onopen = () => {
    $("#lost").textContent = "";
    refresh();
  };
  events.onerror = () => { $("#lost").textContent = t("lost"); };
  events.onmessage = ({ data }) => {
    const { people, now } = JSON.parse(data);
    if (people.length) return refresh();
    if (state.world) { state.world.now = now; showBar(); }
    return null;
  };
}

document.body.dataset.tab = state.tab;
dress();
wire();
showTab("chat");
listen();
while (!state.world) { // the demo may still be waking up
  await refresh();
  if (!state.world) await new Promise((done) => { setTimeout(done, 1000); });
}
showReading();
if (!remembered("toured")) guide(0, false);
