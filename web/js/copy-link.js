// A button with data-copy puts its text (or the page's address) on the clipboard and says so.

export function startCopyLinks(root) {
  for (const button of root.querySelectorAll("button[data-copy]:not([data-wired])")) {
    if (!navigator.clipboard) continue;
    button.dataset.wired = "";
    button.hidden = false;
    button.addEventListener("click", () => copy(button));
  }
}

async function copy(button) {
  await navigator.clipboard.writeText(button.dataset.copy || window.location.href);
  const words = button.querySelector("span") ?? button;
  const before = words.textContent;
  words.textContent = button.dataset.copied || before;
  setTimeout(() => (words.textContent = before), 2000);
}
