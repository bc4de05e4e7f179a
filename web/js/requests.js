// htmx requests carry the CSRF token of the page, so that buttons outside forms can post too.

const safe = new Set(["GET", "HEAD", "OPTIONS"]);

// What previews itself while it is written sends itself alone, not the files and fields of its form.
function keepToItself(element, body) {
  if (element?.dataset?.alone === undefined || !(body instanceof FormData)) return;
  const kept = new Set([element.name, element.dataset.alone]);
  for (const name of new Set(body.keys())) if (!kept.has(name)) body.delete(name);
}

export function startRequests() {
  document.addEventListener("htmx:config:request", (event) => {
    const request = event.detail.ctx?.request;
    if (!request || safe.has((request.method ?? "GET").toUpperCase())) return;
    const token = document.querySelector('input[name="csrfmiddlewaretoken"]')?.value;
    if (token) request.headers["X-CSRFToken"] = token;
    keepToItself(event.detail.ctx.sourceElement, request.body);
  });
}
