// j and k walk the rows, Enter opens, / goes to the search box. Nothing happens while somebody types.

const rows = "[data-walk] li > a, .table[data-walk] tbody tr, [data-walk] .table tbody tr";

export function startKeyboard() {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || isTyping(event.target)) return;
    if (event.key === "/") {
      const box = document.querySelector(".masthead-search input");
      if (box) {
        event.preventDefault();
        box.focus();
      }
    } else if (event.key === "j" || event.key === "k") {
      if (step(event.key === "j" ? 1 : -1)) event.preventDefault();
    }
  });
}

function isTyping(element) {
  return element instanceof HTMLElement && (element.isContentEditable || element.matches("input, select, textarea"));
}

function step(by) {
  const targets = [...document.querySelectorAll(rows)]
    .map((row) => (row.matches("a") ? row : row.querySelector("a[data-row-link], a[href]")))
    .filter(Boolean);
  if (targets.length === 0) return false;
  const here = targets.findIndex((link) => link === document.activeElement);
  const current = here === -1 ? targets.findIndex((link) => link.hasAttribute("aria-current")) : here;
  const next = current === -1 && by < 0 ? targets.length - 1 : Math.min(Math.max(current + by, 0), targets.length - 1);
  targets[next].focus();
  targets[next].scrollIntoView({ block: "nearest" });
  return true;
}
