import type Stripe from "stripe";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openShop, refusal, type Shop } from "../../test/shop.ts";

let shop: Shop;
let setups: Stripe["setupIntents"];
beforeAll(async () => {
  shop = await openShop();
  setups = shop.stripe.setupIntents;
});
beforeEach(async () => {
  await shop.emulator.settled();
  shop.heard();
});
afterAll(() => shop.close());

const save = (more: Partial<Stripe.SetupIntentCreateParams> = {}) =>
  setups.create({ payment_method: "pm_card_visa", confirm: true, ...more });

async function heard(): Promise<string[]> {
  await shop.emulator.settled();
  return shop.heard();
}

describe("a setup intent", () => {
  it("goes from needing a method to needing a confirmation to saved, and the card is the customer's", async () => {
    const { id: customer } = await shop.stripe.customers.create({});
    const bare = await setups.create({ customer, description: "Card", metadata: { a: "1" } });
    expect(bare).toMatchObject({
      status: "requires_payment_method",
      usage: "off_session",
      latest_attempt: null,
    });
    expect((await setups.update(bare.id, { payment_method: "pm_card_visa" })).status).toBe(
      "requires_confirmation",
    );
    await heard();
    const done = await setups.confirm(bare.id, { expand: ["latest_attempt"] });
    expect(done).toMatchObject({
      status: "succeeded",
      mandate: null,
      latest_attempt: { status: "succeeded" },
    });
    expect(await heard()).toEqual(["payment_method.attached", "setup_intent.succeeded"]);
    const { data } = await shop.stripe.paymentMethods.list({ customer });
    expect(data.map(({ id }) => id)).toEqual([done.payment_method]);
    expect((await shop.stripe.setupAttempts.list({ setup_intent: done.id })).data).toHaveLength(1);
    expect((await setups.list({ customer })).data.map(({ id }) => id)).toEqual([done.id]);
    expect((await setups.list({ payment_method: String(done.payment_method) })).data).toHaveLength(1);
  });

  it("saves a card that then pays with nobody there, where it was authenticated", async () => {
    const { id: customer } = await shop.stripe.customers.create({});
    const waiting = await save({ customer, payment_method: "pm_card_authenticationRequiredOnSetup" });
    expect(waiting.status).toBe("requires_action");
    expect(await heard()).toContain("setup_intent.requires_action");
    shop.emulator.authenticate(waiting.id, "pass");
    const done = await setups.retrieve(waiting.id);
    expect(done.status).toBe("succeeded");
    const off = { amount: 2000, currency: "usd", customer, confirm: true, off_session: true };
    const payment_method = String(done.payment_method);
    expect((await shop.stripe.paymentIntents.create({ ...off, payment_method })).status).toBe("succeeded");
    const fresh = await shop.stripe.paymentMethods.attach("pm_card_authenticationRequiredOnSetup", {
      customer,
    });
    expect(
      await refusal(shop.stripe.paymentIntents.create({ ...off, payment_method: fresh.id })),
    ).toMatchObject({
      code: "authentication_required",
    });
  });

  it("is refused when the challenge fails", async () => {
    const waiting = await save({ payment_method: "pm_card_authenticationRequired" });
    shop.emulator.authenticate(waiting.id, "fail");
    const failed = await setups.retrieve(waiting.id, { expand: ["latest_attempt"] });
    expect(failed).toMatchObject({
      status: "requires_payment_method",
      payment_method: null,
      last_setup_error: { code: "setup_intent_authentication_failure" },
      latest_attempt: { status: "failed" },
    });
    expect(await heard()).toEqual([
      "setup_intent.created",
      "setup_intent.requires_action",
      "setup_intent.setup_failed",
    ]);
  });

  it("is refused with a declined card: 402, and the attempt stays on record", async () => {
    const error = await refusal(save({ payment_method: "pm_card_chargeDeclined" }));
    expect(error).toMatchObject({ statusCode: 402, code: "card_declined", decline_code: "generic_decline" });
    const { setup_intent } = error.raw as { setup_intent: Stripe.SetupIntent };
    expect(await setups.retrieve(setup_intent.id)).toMatchObject({
      status: "requires_payment_method",
      payment_method: null,
      last_setup_error: { code: "card_declined", payment_method: { object: "payment_method" } },
    });
    expect(await heard()).toEqual(["setup_intent.created", "setup_intent.setup_failed"]);
    expect((await setups.confirm(setup_intent.id, { payment_method: "pm_card_visa" })).status).toBe(
      "succeeded",
    );
  });

  it("can be canceled while it is open", async () => {
    const bare = await setups.create({});
    const canceled = await setups.cancel(bare.id, { cancellation_reason: "requested_by_customer" });
    expect(canceled).toMatchObject({ status: "canceled", cancellation_reason: "requested_by_customer" });
    expect(await heard()).toEqual(["setup_intent.created", "setup_intent.canceled"]);
    expect((await refusal(setups.cancel(bare.id))).message).toContain("already canceled");
  });

  it("refuses a step in the wrong state, with the intent in the error", async () => {
    const UNEXPECTED = { statusCode: 400, code: "setup_intent_unexpected_state" };
    const bare = await setups.create({});
    expect(await refusal(setups.confirm(bare.id))).toMatchObject(UNEXPECTED);
    const done = await save();
    const again = await refusal(setups.confirm(done.id));
    expect(again).toMatchObject(UNEXPECTED);
    expect((again.raw as { setup_intent: Stripe.SetupIntent }).setup_intent.id).toBe(done.id);
    expect(await refusal(setups.cancel(done.id))).toMatchObject(UNEXPECTED);
    expect(await refusal(setups.update(done.id, { payment_method: "pm_card_visa" }))).toMatchObject(
      UNEXPECTED,
    );
    expect((await setups.update(done.id, { description: "later" })).description).toBe("later");
    expect((await refusal(setups.retrieve("seti_none"))).message).toBe("No such setupintent: 'seti_none'");
  });

  it("refuses a card of somebody else", async () => {
    const [ada, bob] = [await shop.stripe.customers.create({}), await shop.stripe.customers.create({})];
    const { id } = await shop.stripe.paymentMethods.attach("pm_card_visa", { customer: ada.id });
    expect((await refusal(save({ customer: bob.id, payment_method: id }))).param).toBe("payment_method");
    expect((await refusal(save({ payment_method: id }))).message).toContain("Please include the Customer");
  });

  it("no longer takes payment_method_types", async () => {
    const params = { payment_method_types: ["card"] } as Stripe.SetupIntentCreateParams;
    expect((await refusal(setups.create(params))).code).toBe("payment_method_types_no_longer_supported");
  });
});
