// Density, theme and font change at once; the form behind the buttons does the same without scripts.

export function startPreferences() {
  for (const form of document.querySelectorAll("form[data-preferences]")) {
    form.addEventListener("submit", (event) => choose(event, form));
  }
}

async function choose(event, form) {
  const button = event.submitter;
  // Another font needs its style sheet, which the server names: let the form be sent.
  if (!button?.name || button.name === "font") return;
  event.preventDefault();
  document.documentElement.dataset[button.name] = button.value;
  for (const other of form.querySelectorAll(`button[name="${button.name}"]`)) {
    other.setAttribute("aria-pressed", String(other === button));
  }
  const data = new FormData(form);
  data.set(button.name, button.value);
  const answer = await fetch(form.action, { method: "POST", body: data, redirect: "manual" });
  if (answer.type !== "opaqueredirect" && !answer.ok) form.submit();
}
