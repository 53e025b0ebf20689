import { expect, it } from "vitest";
import { openShop } from "../../test/shop.ts";

it("the control API passes and fails challenges, and says when there is none", async () => {
  const shop = await openShop();
  const call = async (path: string, outcome: string) => {
    const headers = { "content-type": "application/json" };
    const init = { method: "POST", body: JSON.stringify({ outcome }), headers };
    return (await fetch(`${shop.emulator.url}/_emulator/${path}/authenticate`, init)).json();
  };
  const card = { payment_method: "pm_card_authenticationRequired", confirm: true };
  const { id } = await shop.stripe.paymentIntents.create({ amount: 2000, currency: "usd", ...card });
  expect(await call(`payment_intents/${id}`, "maybe")).toHaveProperty("error");
  expect(await call(`payment_intents/${id}`, "pass")).toMatchObject({ id, status: "succeeded" });
  expect(await call(`payment_intents/${id}`, "pass")).toHaveProperty("error");
  const setup = await shop.stripe.setupIntents.create(card);
  expect(await call(`setup_intents/${setup.id}`, "fail")).toMatchObject({
    status: "requires_payment_method",
  });
  await shop.close();
});

it("a challenge of an invoice that was paid in another way is over: nobody pays twice", async () => {
  const shop = await openShop();
  const { stripe } = shop;
  const { id: customer } = await stripe.customers.create({});
  const method = await stripe.paymentMethods.attach("pm_card_authenticationRequired", { customer });
  await stripe.invoiceItems.create({ customer, amount: 2000, currency: "sek" });
  const { id } = await stripe.invoices.create({
    customer,
    pending_invoice_items_behavior: "include",
    default_payment_method: method.id,
  });
  await expect(stripe.invoices.pay(id)).rejects.toThrow("additional user action");
  const { payments } = await stripe.invoices.pay(id, { paid_out_of_band: true, expand: ["payments"] });
  const intent = String(payments?.data[0]?.payment.payment_intent);
  expect((await stripe.paymentIntents.retrieve(intent)).status).toBe("requires_action");
  const path = `/_emulator/payment_intents/${intent}/authenticate`;
  const headers = { "content-type": "application/json" };
  const body = JSON.stringify({ outcome: "pass" });
  expect((await fetch(shop.emulator.url + path, { method: "POST", headers, body })).status).toBe(400);
  expect((await stripe.charges.list({ payment_intent: intent })).data).toEqual([]);
  await shop.close();
});
