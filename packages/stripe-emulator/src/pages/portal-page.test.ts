import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buy, DAY, openShop, refusal, type Shop } from "../../test/shop.ts";
import { CARD, send, sendAndFollow, sendByScript, visit } from "../../test/visit-page.ts";

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
});
afterAll(() => shop.close());

type Params = NonNullable<Parameters<Shop["stripe"]["billingPortal"]["sessions"]["create"]>[0]>;

async function portalOf(customer: string, params: Omit<Partial<Params>, "customer"> = {}): Promise<string> {
  const asked = { customer, return_url: "http://shop.example/settings", ...params };
  return (await shop.stripe.billingPortal.sessions.create(asked)).url;
}

describe("a new card in the portal", () => {
  const SECURE = { ...CARD, cardNumber: "4000002500003155" };

  it("is kept once the bank has said yes", async () => {
    const { customer, subscription } = await buy(shop);
    const portal = await portalOf(customer.id);
    await shop.emulator.settled();
    shop.heard();
    const challenge = String((await sendByScript(`${portal}/card`, SECURE))["url"]);
    expect(challenge).toContain("/card/challenge/seti_");
    const before = await shop.stripe.subscriptions.retrieve(subscription.id, {
      expand: ["default_payment_method"],
    });
    expect(before.default_payment_method).toMatchObject({ card: { last4: "4242" } });
    const url = new URL(challenge, portal).href;
    expect((await visit(url)).text).toContain("saving your card for later payments");
    const kept = await sendAndFollow(url, { answer: "complete" });
    expect(kept.text).toContain("Your card was updated.");
    expect(kept.text).toContain("Visa •••• 3155");
    await shop.emulator.settled();
    expect(shop.heard()).toEqual([
      "setup_intent.created",
      "setup_intent.requires_action",
      "setup_intent.succeeded",
      "payment_method.attached",
      "customer.updated",
      "customer.subscription.updated",
    ]);
    expect((await send(url, { answer: "complete" })).text).toContain("unable to authenticate");
  });

  it("changes nothing when the bank has said no, and is not another customer's to answer", async () => {
    const { customer } = await buy(shop);
    const stranger = await portalOf((await buy(shop)).customer.id);
    const portal = await portalOf(customer.id);
    const challenge = String((await sendByScript(`${portal}/card`, SECURE))["url"]);
    const intent = challenge.split("/").at(-1) ?? "";
    await send(`${stranger}/card/challenge/${intent}`, { answer: "complete" });
    expect((await shop.stripe.setupIntents.retrieve(intent)).status).toBe("requires_action");
    const failed = await send(new URL(challenge, portal).href, { answer: "fail" });
    expect(failed.text).toContain("unable to authenticate");
    const after = await shop.stripe.setupIntents.retrieve(intent);
    expect(after).toMatchObject({
      status: "requires_payment_method",
      last_setup_error: { code: "setup_intent_authentication_failure" },
    });
    expect((await visit(portal)).text).toContain("Visa •••• 4242");
  });
});

describe("leaving by the portal", () => {
  it("asks why afterwards, and writes the answer down once", async () => {
    const { customer, subscription } = await buy(shop);
    const portal = await portalOf(customer.id);
    const base = `${portal}/subscriptions/${subscription.id}`;
    const asked = await sendAndFollow(`${base}/cancel`);
    expect(asked.text).toContain('id="cancel-reason"');
    expect(asked.text).toContain("Your subscription will be canceled on 28 February 2026.");
    await shop.emulator.settled();
    shop.heard();
    const thanked = await sendAndFollow(`${base}/feedback`, {
      feedback: "unused",
      comment: " Too little time ",
    });
    expect(thanked.text).toContain("Thank you for your answer.");
    expect((await shop.stripe.subscriptions.retrieve(subscription.id)).cancellation_details).toMatchObject({
      reason: "cancellation_requested",
      feedback: "unused",
      comment: "Too little time",
    });
    await shop.emulator.settled();
    expect(shop.heard()).toEqual(["customer.subscription.updated"]);
    const again = `${portal}?done=canceled&subscription=${subscription.id}`;
    expect((await visit(again)).text).not.toContain('id="cancel-reason"');
  });

  it("asks nobody where the configuration does not", async () => {
    const { customer, subscription } = await buy(shop);
    const configuration = await shop.stripe.billingPortal.configurations.create({
      features: { subscription_cancel: { enabled: true } },
    });
    const portal = await portalOf(customer.id, { configuration: configuration.id });
    const canceled = await sendAndFollow(`${portal}/subscriptions/${subscription.id}/cancel`);
    expect(canceled.text).toContain("Your subscription will not renew.");
    expect(canceled.text).not.toContain('id="cancel-reason"');
  });

  it("opens for a customer whose test clock is behind, and is over an hour later by that clock", async () => {
    const { testHelpers, customers } = shop.stripe;
    const frozen_time = Date.UTC(2025, 5, 1) / 1000;
    const { id: test_clock } = await testHelpers.testClocks.create({ frozen_time });
    const { id } = await customers.create({ test_clock, name: "Early" });
    const portal = await portalOf(id);
    expect(await visit(portal)).toMatchObject({ status: 200, text: expect.stringContaining("Early") });
    await testHelpers.testClocks.advance(test_clock, { frozen_time: frozen_time + 3601 });
    expect((await visit(portal)).status).toBe(404);
  });

  it("takes no reason that is not offered", async () => {
    const { customer, subscription } = await buy(shop);
    const portal = await portalOf(customer.id);
    const base = `${portal}/subscriptions/${subscription.id}`;
    await send(`${base}/cancel`);
    await send(`${base}/feedback`, { feedback: "<script>" });
    const after = await shop.stripe.subscriptions.retrieve(subscription.id);
    expect(after.cancellation_details?.feedback).toBeNull();
  });

  it("ends at once where the configuration says so, and still asks why", async () => {
    const { customer, subscription } = await buy(shop);
    const reasons = { enabled: true, options: ["unused", "other"] as ("unused" | "other")[] };
    const configuration = await shop.stripe.billingPortal.configurations.create({
      features: { subscription_cancel: { enabled: true, mode: "immediately", cancellation_reason: reasons } },
    });
    const portal = await portalOf(customer.id, { configuration: configuration.id });
    const base = `${portal}/subscriptions/${subscription.id}`;
    expect((await visit(`${base}/cancel`)).text).toContain("It ends at once.");
    const { text } = await sendAndFollow(`${base}/cancel`);
    expect(text).toContain("Your subscription has ended.");
    expect(text.match(/name="feedback"/g)).toHaveLength(2);
    await send(`${base}/feedback`, { feedback: "other" });
    const ended = await shop.stripe.subscriptions.retrieve(subscription.id);
    expect(ended).toMatchObject({ status: "canceled", cancellation_details: { feedback: "other" } });
    expect((await send(`${base}/renew`)).status).toBe(404);
  });

  it("says the shop's own words at the end of a flow that has some", async () => {
    const { customer } = await buy(shop);
    const flow_data = {
      type: "payment_method_update",
      after_completion: { type: "hosted_confirmation", hosted_confirmation: { custom_message: "Tack!" } },
    } as const;
    const portal = await portalOf(customer.id, { flow_data });
    const answer = await sendByScript(`${portal}/card`, CARD);
    expect((await visit(new URL(String(answer["url"]), portal).href)).text).toContain("Tack!");
  });

  it("says which of Stripe's flows it does not have, and which are none", async () => {
    const { customer } = await buy(shop);
    const flow = (type: string) =>
      refusal(shop.stripe.billingPortal.sessions.create({ customer: customer.id, flow_data: { type } }));
    for (const type of [
      "subscription_update",
      "subscription_update_confirm",
      "subscription_pause",
      "customer_update",
    ])
      expect((await flow(type)).message).toContain("does not cover");
    expect((await flow("login")).message).toContain("must be one of payment_method_update");
  });

  it("lets one turn back from a flow without being led into it again", async () => {
    const { customer, subscription } = await buy(shop);
    const flow_data = {
      type: "subscription_cancel",
      subscription_cancel: { subscription: subscription.id },
    } as const;
    const portal = await portalOf(customer.id, { flow_data });
    const { to } = await visit(portal);
    const { text } = await visit(new URL(to, portal).href);
    const back = /href="(\/p\/session\/[^"]*\?done=)"/.exec(text)?.[1] ?? "";
    expect((await visit(new URL(back, portal).href)).text).toContain('id="receipts"');
  });
});

describe("what the portal shows", () => {
  it("says what is owed and leads to the invoice, in Swedish too", async () => {
    const { customer } = await buy(shop, {
      card: "4000000000000341",
      subscription_data: { trial_period_days: 1 },
    });
    await shop.emulator.clock.advance(2 * DAY);
    const { text } = await visit(await portalOf(customer.id, { locale: "sv" }));
    expect(text).toContain("Din senaste betalning på 39,00\u00a0kr gick inte igenom.");
    expect(text).toMatch(/id="pay-invoice" href="\/invoices\/in_/);
    expect(text).toContain("förfallen");
    expect(text).not.toMatch(/Cancel subscription|Payment method|Invoice history/);
  });

  it("shows the discount a subscription has", async () => {
    const coupon = await shop.stripe.coupons.create({
      amount_off: 1000,
      currency: "sek",
      duration: "forever",
    });
    const { customer } = await buy(shop, { discounts: [{ coupon: coupon.id }] });
    expect((await visit(await portalOf(customer.id))).text).toContain("Discount: 10,00\u00a0kr off");
  });

  it("follows the customer's language when the shop names none", async () => {
    const customer = await shop.stripe.customers.create({ preferred_locales: ["sv-SE"] });
    expect((await visit(await portalOf(customer.id))).text).toContain("Ingen prenumeration just nu.");
    const gone = await visit(`${shop.emulator.url}/p/session/bps_none`, "sv");
    expect(gone).toMatchObject({ status: 404 });
    expect(gone.text).toContain("Länken har gått ut");
  });
});
