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
