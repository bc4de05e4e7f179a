// Small comforts on top of pages that work without scripts.
import { startCopyLinks } from "./copy-link.js";
import { startDropzones } from "./dropzone.js";
import { startFilters } from "./filters.js";
import { startKeyboard } from "./keyboard.js";
import { startLive } from "./live.js";
import { startNavigation } from "./navigation.js";
import { startPreferences } from "./preferences.js";
import { startRequests } from "./requests.js";
import { startSocQueue } from "./soc-queue.js";
import { startTileMaps } from "./tile-map.js";

/** Wire the parts of `root` that are not wired yet; runs again on every fragment that arrives. */
function wire(root) {
  startCopyLinks(root);
  startDropzones(root);
  startFilters(root);
  startTileMaps(root);
  startCharts(root);
  for (const button of root.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.onclick = () => window.print();
  }
}

/** Load the chart code only on pages that hold a chart. */
function startCharts(root) {
  const canvases = [...root.querySelectorAll("[data-vega]")];
  if (canvases.length === 0) return;
  import(new URL(document.body.dataset.charts, window.location.href).href).then(({ draw }) => canvases.forEach(draw));
}

wire(document);
startKeyboard();
startLive();
startNavigation();
startPreferences();
startRequests();
startSocQueue();
document.addEventListener("htmx:after:swap", () => wire(document));
document.addEventListener("yui:fragment", (event) => wire(event.target));
