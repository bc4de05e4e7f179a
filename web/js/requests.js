// htmx requests carry the CSRF token of the page, so that buttons outside forms can post too.

const safe = new Set(["GET", "HEAD", "OPTIONS"]);

export function startRequests() {
  document.addEventListener("htmx:config:request", (event) => {
    const request = event.detail.ctx?.request;
    if (!request || safe.has((request.method ?? "GET").toUpperCase())) return;
    const token = document.querySelector('input[name="csrfmiddlewaretoken"]')?.value;
    if (token) request.headers["X-CSRFToken"] = token;
  });
}
