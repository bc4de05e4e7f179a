// Files dropped on a file field are put into it; the chosen names and sizes are shown.

export function startDropzones(root) {
  for (const zone of root.querySelectorAll("[data-dropzone]:not([data-wired])")) {
    zone.dataset.wired = "";
    wireZone(zone, zone.querySelector("input[type=file]"));
  }
}

function wireZone(zone, input) {
  if (!input) return;
  for (const name of ["dragenter", "dragover"]) {
    zone.addEventListener(name, (event) => {
      event.preventDefault();
      zone.dataset.over = "";
    });
  }
  for (const name of ["dragleave", "drop"]) {
    zone.addEventListener(name, () => delete zone.dataset.over);
  }
  zone.addEventListener("drop", (event) => {
    event.preventDefault();
    if (event.dataTransfer.files.length === 0) return;
    input.files = event.dataTransfer.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  });
  input.addEventListener("change", () => {
    const chosen = [...input.files].map((file) => `${file.name} (${size(file.size)})`);
    zone.querySelector(".dropzone-chosen").textContent = chosen.join("、");
  });
}

function size(bytes) {
  const units = ["B", "KB", "MB", "GB"];
  const step = Math.min(Math.floor(Math.log2(Math.max(bytes, 1)) / 10), units.length - 1);
  return `${(bytes / 1024 ** step).toLocaleString(document.documentElement.lang, { maximumFractionDigits: 1 })} ${units[step]}`;
}
