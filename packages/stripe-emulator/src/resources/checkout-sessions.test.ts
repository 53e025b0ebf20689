import type Stripe from "stripe";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { DAY, makePrice, openCheckout, openShop, refusal, type Shop } from "../../test/shop.ts";

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
});
afterAll(() => shop.close());

describe("Checkout Sessions", () => {
  it("are found by what they belong to", async () => {
    const { session, customer } = await openCheckout(shop);
    await shop.emulator.completeCheckout(session.id);
    const done = await shop.stripe.checkout.sessions.retrieve(session.id);
    await openCheckout(shop);
    const found = async (params: Stripe.Checkout.SessionListParams) =>
      (await shop.stripe.checkout.sessions.list(params)).data.map(({ id }) => id);
    expect(await found({ customer: customer.id })).toEqual([session.id]);
    expect(await found({ subscription: String(done.subscription) })).toEqual([session.id]);
    expect(await found({ status: "complete" })).toEqual([session.id]);
    expect(await found({ customer_details: { email: "nobody@example.com" } })).toEqual([]);
    expect(await found({ payment_link: "plink_1" })).toEqual([]);
    expect(await found({ created: { gt: done.created + 1 } })).toEqual([]);
    expect((await found({})).length).toBe(2);
    expect((await refusal(found({ status: "paid" as never }))).param).toBe("status");
  });

  it("take other metadata later", async () => {
    const { session } = await openCheckout(shop, { metadata: { a: "1", b: "2" } });
    const after = await shop.stripe.checkout.sessions.update(session.id, { metadata: { a: "", c: "3" } });
    expect(after.metadata).toEqual({ b: "2", c: "3" });
  });

  it("show what the page is to ask for and say", async () => {
    const { session } = await openCheckout(shop, {
      allow_promotion_codes: true,
      consent_collection: { terms_of_service: "required", promotions: "auto" },
      custom_text: { submit: { message: "Now" } },
      locale: "sv",
      phone_number_collection: { enabled: true },
      saved_payment_method_options: { payment_method_save: "enabled" },
      submit_type: "subscribe",
      after_expiration: { recovery: { enabled: true } },
    });
    expect(session).toMatchObject({
      allow_promotion_codes: true,
      consent_collection: { terms_of_service: "required", promotions: "auto" },
      custom_text: { submit: { message: "Now" } },
      locale: "sv",
      phone_number_collection: { enabled: true },
      saved_payment_method_options: { payment_method_save: "enabled", payment_method_remove: "disabled" },
      submit_type: "subscribe",
      after_expiration: { recovery: { enabled: true, allow_promotion_codes: false, url: null } },
    });
  });

  it("can be recovered by a link once they have expired, for thirty days", async () => {
    const recovery = { enabled: true, allow_promotion_codes: true };
    const { session } = await openCheckout(shop, { after_expiration: { recovery } });
    await shop.emulator.clock.advance(DAY);
    const expired = await shop.stripe.checkout.sessions.retrieve(session.id);
    const url = String(expired.after_expiration?.recovery?.url);
    const visit = async () => {
      const answer = await fetch(url, { redirect: "manual" });
      return String(answer.headers.get("location")).split("/").at(-1) ?? "";
    };
    const fresh = await shop.stripe.checkout.sessions.retrieve(await visit());
    expect(fresh).toMatchObject({
      status: "open",
      recovered_from: session.id,
      allow_promotion_codes: true,
      amount_total: session.amount_total,
      customer: session.customer,
    });
    expect(await shop.emulator.completeCheckout(fresh.id)).toMatchObject({ outcome: "complete" });
    await shop.emulator.clock.advance(30 * DAY);
    expect(await visit()).toBe(session.id);
  });

  it("say what of Stripe's page this one does not have, when it is asked for", async () => {
    const price = await makePrice(shop);
    const item = { price: price.id, quantity: 1 };
    const card = (request_three_d_secure: "any" | "automatic") => ({
      payment_method_options: { card: { request_three_d_secure } },
    });
    const adjustable = (enabled: boolean) => ({
      line_items: [{ ...item, adjustable_quantity: { enabled, maximum: 5 } }],
    });
    for (const params of [card("any"), adjustable(true), { tax_id_collection: { enabled: true } }])
      expect((await refusal(openCheckout(shop, params))).message).toContain("does not cover");
    for (const params of [card("automatic"), adjustable(false), { tax_id_collection: { enabled: false } }])
      expect((await openCheckout(shop, params)).session.status).toBe("open");
  });

  it("give up their intent when they expire", async () => {
    const price = await shop.stripe.prices.create({
      currency: "sek",
      unit_amount: 5000,
      product_data: { name: "Mug" },
    });
    const { session } = await openCheckout(shop, { mode: "payment", line_items: [{ price: price.id }] });
    await shop.emulator.completeCheckout(session.id, "4000000000000002");
    const expired = await shop.stripe.checkout.sessions.expire(session.id, { expand: ["payment_intent"] });
    expect(expired.payment_intent).toMatchObject({ status: "canceled" });
    const setup = await shop.stripe.checkout.sessions.create({
      mode: "setup",
      currency: "sek",
      success_url: "http://shop.example/",
    });
    const over = await shop.stripe.checkout.sessions.expire(setup.id, { expand: ["setup_intent"] });
    expect(over.setup_intent).toMatchObject({ status: "canceled" });
  });
});

describe("the road of the CLI to pay a session", () => {
  const ask = async (path: string, body?: Record<string, string>) => {
    const answer = await fetch(`${shop.emulator.url}/v1/payment_pages/${path}`, {
      headers: { authorization: "Bearer sk_test_shop" },
      ...(body && { method: "POST", body: new URLSearchParams(body) }),
    });
    return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
  };

  it("shows the page, refuses another amount, and pays", async () => {
    const { session } = await openCheckout(shop);
    expect((await ask(session.id)).body).toMatchObject({
      session_id: session.id,
      total_summary: { due: 3900 },
    });
    const wrong = await ask(`${session.id}/confirm`, {
      payment_method: "pm_card_visa",
      expected_amount: "1",
    });
    expect(wrong.status).toBe(400);
    const refused = await ask(`${session.id}/confirm`, { payment_method: "pm_card_visa_chargeDeclined" });
    expect(refused.status).toBe(402);
    const paid = await ask(`${session.id}/confirm`, {
      payment_method: "pm_card_visa",
      expected_amount: "3900",
    });
    expect(paid).toMatchObject({ status: 200, body: { status: "complete", payment_status: "paid" } });
    expect((await ask(`${session.id}/confirm`, { payment_method: "pm_card_visa" })).status).toBe(400);
  });
});
