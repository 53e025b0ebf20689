// Runs on the checkout and card pages. Without it the forms still work, by plain submission.
(() => {
  for (const button of document.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }
  const form = document.getElementById("payment-form");
  if (!(form instanceof HTMLFormElement)) return;
  const byId = (id) => document.getElementById(id);
  const words = JSON.parse(form.dataset.words ?? "{}");
  const number = byId("cardNumber");
  const expiry = byId("cardExpiry");
  const cvc = byId("cardCvc");
  const alertBox = byId("form-alert");
  const status = byId("form-status");
  const button = byId("submit");
  let busy = false;

  const BRANDS = [
    ["visa", /^4/],
    ["mastercard", /^(5[1-5]|2[2-7])/],
    ["amex", /^3[47]/],
    ["discover", /^(6011|64|65)/],
    ["diners", /^3[068]/],
    ["jcb", /^35/],
    ["unionpay", /^62/],
  ];
  const digits = (input) => input.value.replace(/\D/g, "");
  const brandOf = (text) => BRANDS.find(([, pattern]) => pattern.test(text))?.[0] ?? "";
  const grouped = (text) =>
    brandOf(text) === "amex"
      ? text
          .slice(0, 15)
          .replace(/^(\d{4})(\d{1,6})?(\d{1,5})?$/, (_, ...parts) =>
            parts.slice(0, 3).filter(Boolean).join(" "),
          )
      : text.slice(0, 19).replace(/(\d{4})(?=\d)/g, "$1 ");
  const cvcLength = () => (brandOf(digits(number)) === "amex" ? 4 : 3);

  const formatNumber = () => {
    const before = number.value
      .slice(0, number.selectionStart ?? number.value.length)
      .replace(/\D/g, "").length;
    const atEnd = number.selectionStart === number.value.length;
    const text = digits(number);
    number.value = grouped(text);
    number.closest(".cell").dataset.brand = brandOf(text);
    if (atEnd) return;
    let caret = 0;
    for (let seen = 0; caret < number.value.length && seen < before; caret += 1)
      if (/\d/.test(number.value[caret])) seen += 1;
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

  const wrongNumber = (text) =>
    text.length < 12 ? words.numberShort : passesLuhn(text) ? "" : words.numberInvalid;

  const wrongExpiry = (text) => {
    const month = Number(text.slice(0, 2));
    const year = 2000 + Number(text.slice(2));
    if (text.length < 4 || month < 1 || month > 12) return words.expiryShort;
    const now = Number(form.dataset.now) * 1000;
    if (Date.UTC(year, month, 1) <= now) return words.expiryPast;
    return year > new Date(now).getUTCFullYear() + 50 ? words.expiryYear : "";
  };

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
    form.classList.remove("is-done");
    button.setAttribute("aria-disabled", String(value));
    form.setAttribute("aria-busy", String(value));
    status.textContent = value ? words.busy : "";
  };

  const showErrors = (errors) => {
    const ids = Object.keys(errors);
    for (const id of ids) showError(id, errors[id]);
    const inputs = [...form.querySelectorAll("input, select")];
    inputs.find((input) => ids.includes(input.id))?.focus();
    status.textContent = ids.map((id) => errors[id]).join(" ");
  };

  const post = (target, headers = {}) =>
    fetch(target.action, {
      method: "POST",
      headers: { ...headers, "content-type": "application/x-www-form-urlencoded" },
      body: new URLSearchParams(new FormData(target)).toString(),
    });

  const goOn = (url) => {
    if (!/challenge/.test(url)) {
      form.classList.add("is-done");
      status.textContent = words.done;
    }
    location.assign(url); // busy or done until the next page is there
  };

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (busy) return;
    for (const input of form.querySelectorAll("[aria-describedby]")) showError(input.id, "");
    showProblem("");
    setBusy(true);
    try {
      const answer = await (await post(form, { accept: "application/json" })).json();
      if (answer.next === "go") {
        goOn(answer.url);
        return;
      }
      setBusy(false);
      if (answer.errors) showErrors(answer.errors);
      if (answer.problem) showProblem(answer.problem);
    } catch {
      setBusy(false);
      showProblem(words.unreachable);
    }
  });

  number?.addEventListener("input", formatNumber);
  expiry?.addEventListener("input", formatExpiry);
  cvc?.addEventListener("input", () => {
    cvc.value = digits(cvc).slice(0, cvcLength());
  });
  // An error that appears between press and release would move the button away from under the pointer.
  let released = Promise.resolve();
  window.addEventListener("pointerdown", () => {
    released = new Promise((done) => {
      for (const end of ["pointerup", "pointercancel"])
        window.addEventListener(end, () => setTimeout(done), { once: true });
    });
  });
  const checkWhenLeft = (input, judge) =>
    input?.addEventListener("blur", async () => {
      await released;
      const text = digits(input);
      if (text !== "") showError(input.id, judge(text));
    });
  checkWhenLeft(number, wrongNumber);
  checkWhenLeft(expiry, wrongExpiry);
  checkWhenLeft(cvc, (text) => (text.length < cvcLength() ? words.cvcShort : ""));
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

  // A promotion code changes the order beside the form and leaves what was typed in the form alone.
  const summary = document.querySelector(".summary");
  const takeOver = (fresh) => {
    if (Boolean(fresh.getElementById("cardNumber")) !== Boolean(number)) return location.reload();
    summary.innerHTML = fresh.querySelector(".summary").innerHTML;
    for (const part of ["#submit .label", "#obligation"])
      form.querySelector(part).textContent = fresh.querySelector(part).textContent;
    const problem = byId("promotionCode-error")?.textContent ?? "";
    status.textContent = problem || (byId("promotion-status")?.textContent ?? "");
    const next = problem ? byId("promotionCode") : (byId("removePromotionCode") ?? byId("addPromotionCode"));
    next?.focus();
    return undefined;
  };
  summary?.addEventListener("submit", async (event) => {
    event.preventDefault();
    try {
      const page = await (await post(event.target)).text();
      // The policy of this page knows neither the other's style nor that it is not to be run.
      const bare = page.replace(/<style[\s\S]*?<\/style>/, "").replace(" autofocus", "");
      takeOver(new DOMParser().parseFromString(bare, "text/html"));
    } catch {
      event.target.submit();
    }
  });

  // Coming back with the browser's back button must not find the page still busy.
  window.addEventListener("pageshow", () => setBusy(false));
  document.querySelector('[role="alert"]:not([hidden])')?.focus();
  form.classList.add("has-script");
})();
