// Filters send themselves when a choice changes; their button stays for people without scripts.

export function startFilters(root) {
  for (const form of root.querySelectorAll("form[data-autosubmit]:not([data-wired])")) {
    form.dataset.wired = "";
    for (const button of form.querySelectorAll("[data-autosubmit-button]")) button.hidden = true;
    form.addEventListener("change", (event) => {
      if (event.target.matches("select, input[type=checkbox], input[type=radio], input[type=month], input[type=date]")) {
        form.requestSubmit();
      }
    });
  }
}
