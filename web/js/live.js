// An element with data-live="KIND KIND" fetches itself again from data-live-url when such an event arrives.
// The stream tells only that something happened; what a person may see comes from an ordinary request.

const quiet = 400;

export function startLive() {
  const parts = [...document.querySelectorAll("[data-live]")];
  if (parts.length === 0 || !("EventSource" in window)) return;
  const stream = new EventSource(document.body.dataset.liveStream || "/live/stream");
  const kinds = new Set(parts.flatMap((part) => kindsOf(part)));
  for (const kind of kinds) stream.addEventListener(kind, () => announce(kind));
  // Without a name the event carries its kind in its data.
  stream.addEventListener("message", (event) => announce(kindIn(event.data)));
  window.addEventListener("pagehide", () => stream.close());
}

function kindsOf(part) {
  return (part.dataset.live ?? "").split(/\s+/).filter(Boolean);
}

function kindIn(data) {
  try {
    return JSON.parse(data).kind ?? "";
  } catch {
    return "";
  }
}

/** A part listens to an exact kind ("soc.alert.raise") or to a whole room ("soc."). */
function announce(kind) {
  for (const part of document.querySelectorAll("[data-live]")) {
    if (kindsOf(part).some((wanted) => wanted === kind || (wanted.endsWith(".") && kind.startsWith(wanted)))) plan(part);
  }
}

/** Many events in a moment cause one request. */
function plan(part) {
  clearTimeout(part.liveTimer);
  part.liveTimer = setTimeout(() => refresh(part), quiet);
}

async function refresh(part) {
  if (!part.isConnected || part.contains(document.activeElement) && document.activeElement.matches("input, textarea, select")) return;
  const address = part.dataset.liveUrl || window.location.href;
  const answer = await fetch(address, { headers: { "HX-Request": "true", "X-Yui-Live": "true" } });
  if (!answer.ok) return;
  const found = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = part.id ? found.getElementById(part.id) : null;
  part.replaceChildren(...(fresh ?? found.body).childNodes);
  part.dispatchEvent(new CustomEvent("yui:fragment", { bubbles: true }));
}
