// Keeps the emulator's own pages true while they are looked at, and sends their forms without leaving the place.
(() => {
  const parser = new DOMParser();
  const read = (page) => parser.parseFromString(page.replace(/<style[\s\S]*?<\/style>/, ""), "text/html");
  let started = Date.now();

  const tick = () => {
    const place = document.getElementById("clock-now");
    if (!place) return;
    const at = new Date(Number(place.dataset.now) + Date.now() - started);
    place.textContent = at.toISOString().replace("T", " ").slice(0, 19);
  };

  // What somebody opened stays open; what they are typing in stays theirs.
  const renew = (fresh, ids) => {
    for (const id of ids) {
      const old = document.getElementById(id);
      const next = fresh.getElementById(id);
      if (!old || !next) continue;
      const open = [...old.querySelectorAll("details[open][id]")].map((row) => row.id);
      const focused = old.contains(document.activeElement) ? document.activeElement.id : "";
      old.innerHTML = next.innerHTML;
      old.hidden = next.hidden;
      for (const row of open) document.getElementById(row)?.setAttribute("open", "");
      if (focused) document.getElementById(focused)?.focus();
    }
    started = Date.now();
    tick();
  };
  const live = () => [...document.querySelectorAll("[data-live]")];

  const refresh = async () => {
    if (document.hidden) return;
    try {
      const fresh = read(await (await fetch(location.href)).text());
      renew(
        fresh,
        live()
          .filter((section) => !section.contains(document.activeElement))
          .map(({ id }) => id),
      );
    } catch {
      // The emulator is stopping or restarting: the next look may find it.
    }
  };

  document.addEventListener("submit", async (event) => {
    event.preventDefault();
    const form = event.target;
    const panel = form.closest(".panel")?.id ?? "";
    const body = new URLSearchParams(new FormData(form, event.submitter)).toString();
    const said = document.getElementById("control-status");
    if (said) said.textContent = "…";
    const headers = { "content-type": "application/x-www-form-urlencoded" };
    const answer = await fetch(form.action, { method: "POST", headers, body }).catch(() => null);
    if (answer === null) {
      if (said) said.textContent = "The emulator did not answer.";
      return;
    }
    if (document.getElementById("start")) {
      location.reload();
      return;
    }
    const here = new URL(answer.url).pathname === location.pathname;
    if (!document.getElementById("control") || (!here && !form.closest("#new-rule"))) {
      location.assign(answer.url);
      return;
    }
    const fresh = read(await answer.text());
    if (said) said.textContent = fresh.getElementById("control-status")?.textContent ?? "";
    renew(fresh, [...new Set([...live().map(({ id }) => id), panel])]);
    document.getElementById("form-alert")?.scrollIntoView({ block: "nearest" });
  });

  setInterval(tick, 1000);
  if (live().length > 0) setInterval(refresh, 2000);
})();
