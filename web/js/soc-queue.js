// The queue of alerts by keyboard: x chooses, a takes, e closes, c comments, ? explains. Steps and records are
// fetched and put in place, so that the list keeps its position; without this script they are ordinary pages.

const parts = ["soc-news", "soc-rows", "queue-record"];
let wanted = 0;

export function startSocQueue() {
  const queue = document.querySelector(".queue");
  if (!queue || !queue.querySelector(".soc-rows, .soc-news")) return;
  document.addEventListener("keydown", onKey);
  queue.addEventListener("click", (event) => {
    const link = event.target.closest(".queue-list li > a");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    open(link);
  });
  queue.addEventListener("submit", step);
  queue.addEventListener("yui:fragment", (event) => {
    if (event.target.id === "soc-news") renewRows();
  });
  window.addEventListener("popstate", () => window.location.reload());
}

function onKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (event.target.matches?.("input:not([type=checkbox]), select, textarea, [contenteditable]")) return;
  const act = { a: take, e: close, c: comment, x: choose, "?": explain }[event.key];
  if (act?.()) event.preventDefault();
}

function rows() {
  return [...document.querySelectorAll(".queue-list li[data-alert]")];
}

/** The row that the keys are about: the one in focus, else the one that is open. */
function row() {
  const focused = document.activeElement?.closest?.(".queue-list li[data-alert]");
  return focused ?? document.querySelector(".queue-list li[data-alert]:has(> a[aria-current])");
}

function choose() {
  const box = row()?.querySelector("input[type=checkbox]");
  if (!box) return false;
  box.checked = !box.checked;
  return true;
}

function take() {
  return withRecord((record) => record.querySelector("[data-step=take] button")?.click());
}

function close() {
  return withRecord((record) => unfold(record.querySelector("details[data-step=close]")));
}

function comment() {
  return withRecord((record) => record.querySelector("[data-step=comment] textarea")?.focus());
}

function explain() {
  const help = document.querySelector(".key-help");
  help?.scrollIntoView({ block: "center" });
  help?.setAttribute("tabindex", "-1");
  help?.focus();
  return Boolean(help);
}

function unfold(details) {
  if (!details) return;
  details.open = true;
  details.querySelector("select, textarea, input:not([type=hidden])")?.focus();
}

/** Do something with the record of the row at hand, after fetching it where another one is open. */
function withRecord(act) {
  const item = row();
  const opened = () => document.querySelector("[data-alert-record]");
  if (!item || opened()?.dataset.alertRecord === item.dataset.alert) {
    if (!opened()) return false;
    act(opened());
    return true;
  }
  open(item.querySelector("a")).then(() => opened() && act(opened()));
  return true;
}

async function open(link) {
  const ticket = ++wanted;
  const answer = await fetch(link.href);
  if (!answer.ok || answer.redirected) return window.location.assign(link.href);
  const page = parse(await answer.text());
  if (ticket !== wanted) return;
  for (const other of document.querySelectorAll(".queue-list a[aria-current]")) other.removeAttribute("aria-current");
  link.setAttribute("aria-current", "true");
  replace("queue-record", page);
  history.pushState(null, "", link.href);
  const record = document.getElementById("queue-record");
  if (record.getBoundingClientRect().top < 0 || matchMedia("(max-width: 60rem)").matches) record.scrollIntoView();
}

/** Send a step, and show what the page says afterwards where it stands; the focus stays in the list. */
async function step(event) {
  const form = event.target;
  if (form.method !== "post" || !form.action.includes("/alerts/step/")) return;
  event.preventDefault();
  const data = new FormData(form, event.submitter);
  const here = row();
  const place = rows().indexOf(here);
  const answer = await fetch(form.action, { method: "POST", body: data });
  if (!answer.ok) return form.submit();
  const page = parse(await answer.text());
  for (const id of parts) replace(id, page);
  showMessages(page);
  // The row that was worked on may have left the list; then the one that took its place is next.
  const same = rows().find((item) => item.dataset.alert === here?.dataset.alert);
  const next = same ?? rows()[Math.min(Math.max(place, 0), rows().length - 1)];
  next?.querySelector("a")?.focus({ preventScroll: true });
}

function showMessages(page) {
  document.querySelector(".content > .messages")?.remove();
  const messages = page.querySelector(".content > .messages");
  if (messages) document.getElementById("content").prepend(messages);
  document.querySelector(".soc-undo")?.remove();
  const undo = page.querySelector(".queue-list > .soc-undo");
  if (undo) document.querySelector(".queue-list").prepend(undo);
}

/** Give the rows that are in sight their new state; none is added, none moves, what is gone is greyed. */
async function renewRows() {
  const answer = await fetch(window.location.href);
  if (!answer.ok || answer.redirected) return;
  const page = parse(await answer.text());
  for (const item of rows()) {
    const fresh = page.querySelector(`.queue-list li[data-alert="${item.dataset.alert}"]`);
    item.toggleAttribute("data-gone", !fresh);
    if (!fresh) continue;
    item.dataset.state = fresh.dataset.state;
    const facts = item.querySelector(".soc-row-facts");
    if (facts) facts.innerHTML = fresh.querySelector(".soc-row-facts").innerHTML;
  }
}

function replace(id, page) {
  const old = document.getElementById(id);
  const fresh = page.getElementById(id);
  if (!old || !fresh) return;
  if (id === "soc-news") {
    old.dataset.liveUrl = fresh.dataset.liveUrl;
    old.replaceChildren();
    return;
  }
  old.replaceChildren(...fresh.childNodes);
  old.dispatchEvent(new CustomEvent("yui:fragment", { bubbles: true }));
}

function parse(text) {
  return new DOMParser().parseFromString(text, "text/html");
}
