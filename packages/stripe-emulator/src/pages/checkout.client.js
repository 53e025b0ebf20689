// Runs on the checkout and card pages. Without it the form still works, by plain submission.
(() => {
  const form = document.getElementById("payment-form");
  if (!(form instanceof HTMLFormElement)) return;
  const byId = (id) => document.getElementById(id);
  const number = byId("cardNumber");
  const expiry = byId("cardExpiry");
  const cvc = byId("cardCvc");
  const alertBox = byId("form-alert");
  const status = byId("form-status");
  const button = byId("submit");
  let busy = false;

  const digits = (input) => input.value.replace(/\D/g, "");

  const formatNumber = () => {
    const caretDigits = number.value
      .slice(0, number.selectionStart ?? number.value.length)
      .replace(/\D/g, "").length;
    const atEnd = number.selectionStart === number.value.length;
    number.value = digits(number)
      .slice(0, 19)
      .replace(/(\d{4})(?=\d)/g, "$1 ");
    if (atEnd) return;
    const caret = caretDigits + Math.max(0, Math.floor((caretDigits - 1) / 4));
    number.setSelectionRange(caret, caret);
  };

  const formatExpiry = (event) => {
    if (event?.inputType?.startsWith("delete")) return;
    let text = digits(expiry).slice(0, 4);
    if (/^[2-9]$/.test(text)) text = `0${text}`;
    expiry.value = text.length >= 2 ? `${text.slice(0, 2)} / ${text.slice(2)}` : text;
  };

  const passesLuhn = (text) =>
    [...text].reverse().reduce((sum, digit, index) => {
      const value = index % 2 === 1 ? Number(digit) * 2 : Number(digit);
      return sum + (value > 9 ? value - 9 : value);
    }, 0) %
      10 ===
    0;

  const showError = (id, message) => {
    const input = byId(id);
    const place = byId(`${id}-error`);
    if (place) place.textContent = message ?? "";
    if (!input) return;
    if (message) input.setAttribute("aria-invalid", "true");
    else input.removeAttribute("aria-invalid");
  };

  const showProblem = (message) => {
    alertBox.textContent = message;
    alertBox.hidden = message === "";
    if (message !== "") alertBox.focus();
  };

  const setBusy = (value) => {
    busy = value;
    form.classList.toggle("is-busy", value);
    button.setAttribute("aria-disabled", String(value));
    form.setAttribute("aria-busy", String(value));
    status.textContent = value ? "Processing your payment." : "";
  };

  const showErrors = (errors) => {
    const ids = Object.keys(errors);
    for (const id of ids) showError(id, errors[id]);
    const inputs = [...form.querySelectorAll("input, select")];
    inputs.find((input) => ids.includes(input.id))?.focus();
    status.textContent = ids.map((id) => errors[id]).join(" ");
  };

  const send = async () => {
    const response = await fetch(form.action, {
      method: "POST",
      headers: { accept: "application/json", "content-type": "application/x-www-form-urlencoded" },
      body: new URLSearchParams(new FormData(form)).toString(),
    });
    return response.json();
  };

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (busy) return;
    for (const input of form.querySelectorAll("[aria-describedby]")) showError(input.id, "");
    showProblem("");
    setBusy(true);
    try {
      const answer = await send();
      if (answer.next === "go") {
        location.assign(answer.url);
        return; // stays busy until the next page is there
      }
      setBusy(false);
      if (answer.errors) showErrors(answer.errors);
      if (answer.problem) showProblem(answer.problem);
    } catch {
      setBusy(false);
      showProblem(
        "The payment page could not be reached. You have not been charged twice; please try again.",
      );
    }
  });

  number?.addEventListener("input", formatNumber);
  expiry?.addEventListener("input", formatExpiry);
  cvc?.addEventListener("input", () => {
    cvc.value = digits(cvc).slice(0, 4);
  });
  number?.addEventListener("blur", () => {
    const text = digits(number);
    if (text !== "")
      showError(
        "cardNumber",
        text.length < 12
          ? "Your card number is incomplete."
          : passesLuhn(text)
            ? ""
            : "Your card number is invalid.",
      );
  });
  for (const input of form.querySelectorAll("input")) {
    input.addEventListener("input", () => showError(input.id, ""));
  }

  for (const chip of document.querySelectorAll("[data-card]")) {
    chip.addEventListener("click", () => {
      const year = new Date(Number(form.dataset.now) * 1000).getUTCFullYear() + 4;
      number.value = chip.dataset.card;
      formatNumber();
      expiry.value = `12 / ${String(year).slice(2)}`;
      cvc.value = "123";
      const name = byId("billingName");
      if (name && name.value === "") name.value = "Test Person";
      for (const id of ["cardNumber", "cardExpiry", "cardCvc", "billingName"]) showError(id, "");
      button.focus();
    });
  }

  // Coming back with the browser's back button must not find the page still busy.
  window.addEventListener("pageshow", () => setBusy(false));
  form.classList.add("has-script");
})();
