// Keeps the start page's clock running and lets time pass by a click.
(() => {
  const place = document.getElementById("clock-now");
  if (!place) return;
  const started = Date.now();
  const at = Number(place.dataset.now);
  const show = () => {
    place.textContent = new Date(at + Date.now() - started).toISOString().replace("T", " ").slice(0, 19);
  };
  setInterval(show, 1000);
  for (const button of document.querySelectorAll("[data-advance]")) {
    button.addEventListener("click", async () => {
      for (const other of document.querySelectorAll("[data-advance]")) other.disabled = true;
      place.textContent = "advancing…";
      await fetch("/_emulator/clock/advance", {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ seconds: Number(button.dataset.advance) }),
      });
      location.reload();
    });
  }
})();
