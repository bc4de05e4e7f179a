// A long menu begins where the page of the reader stands in it.

/** Scroll the menu, and nothing else, until its current entry stands whole in it. */
export function startNavigation() {
  const menu = document.getElementById("navigation");
  const current = menu?.querySelector("[aria-current]");
  if (!current) return;
  const [frame, entry] = [menu.getBoundingClientRect(), current.getBoundingClientRect()];
  const seen = Math.min(frame.bottom, window.innerHeight);
  if (entry.bottom > seen) menu.scrollTop += entry.top - frame.top - (seen - frame.top) / 2;
}
