// An element with data-live="KIND ROOM." fetches itself again from data-live-url when such a change is told.
// The stream tells only that something happened; what a person may see comes from an ordinary request.

const pause = 400;
const timers = new WeakMap();

export function startLive() {
  if (!document.querySelector("[data-live]") || !("EventSource" in window)) return;
  const stream = new EventSource("/live/stream");
  stream.addEventListener("changes", (event) => {
    for (const { kind, subject } of JSON.parse(event.data).changes) announce(kind, subject);
  });
  // More happened than can be told one by one.
  stream.addEventListener("reset", () => document.querySelectorAll("[data-live]").forEach(plan));
  window.addEventListener("pagehide", () => stream.close());
}

/**
 * A part listens to an exact kind ("soc.alert.raise") or to a whole room ("soc."); with data-live-subject
 * only to what happens to that record.
 */
function announce(kind, subject) {
  for (const part of document.querySelectorAll("[data-live]")) {
    if (part.dataset.liveSubject && part.dataset.liveSubject !== subject) continue;
    const wanted = part.dataset.live.split(/\s+/).filter(Boolean);
    if (wanted.some((each) => each === kind || (each.endsWith(".") && kind.startsWith(each)))) plan(part);
  }
}

/** Many changes in a moment cause one request. */
function plan(part) {
  clearTimeout(timers.get(part));
  timers.set(part, setTimeout(() => refresh(part), pause));
}

/** Replace what the part holds, unless somebody is typing in it. */
async function refresh(part) {
  if (!part.isConnected || part.querySelector("input:focus, textarea:focus, select:focus")) return;
  const address = part.dataset.liveUrl || window.location.href;
  const answer = await fetch(address, { headers: { "HX-Request": "true" } });
  if (!answer.ok || answer.redirected) return;
  const found = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = part.id ? found.getElementById(part.id) : null;
  part.replaceChildren(...(fresh ?? found.body).childNodes);
  part.dispatchEvent(new CustomEvent("yui:fragment", { bubbles: true }));
}
