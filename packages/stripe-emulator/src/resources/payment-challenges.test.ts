import { beforeAll, describe, expect, it } from "vitest";
import { openPaymentDesk, type PaymentDesk } from "../../test/payment-desk.ts";
import { refusal, type Shop } from "../../test/shop.ts";

const desk = openPaymentDesk();
const { pay, heard } = desk;
let shop: Shop;
let intents: PaymentDesk["intents"];
beforeAll(() => {
  ({ shop, intents } = desk);
});

describe("3-D Secure", () => {
  it("waits for the customer, who passes", async () => {
    const waiting = await pay({ payment_method: "pm_card_threeDSecure2Required" });
    expect(waiting).toMatchObject({ status: "requires_action", next_action: { type: "use_stripe_sdk" } });
    expect(await heard()).toEqual(["payment_intent.created", "payment_intent.requires_action"]);
    shop.emulator.authenticate(waiting.id, "pass");
    expect(await intents.retrieve(waiting.id)).toMatchObject({ status: "succeeded", next_action: null });
    expect(await heard()).toEqual(["charge.succeeded", "payment_intent.succeeded"]);
    expect(() => shop.emulator.authenticate(waiting.id, "pass")).toThrow("no authentication");
  });

  it("waits for the customer, who fails; and a good card pays after all", async () => {
    const waiting = await pay({ payment_method: "pm_card_authenticationRequired" });
    shop.emulator.authenticate(waiting.id, "fail");
    const failed = await intents.retrieve(waiting.id);
    expect(failed).toMatchObject({
      status: "requires_payment_method",
      last_payment_error: { code: "payment_intent_authentication_failure" },
    });
    expect(await heard()).toEqual([
      "payment_intent.created",
      "payment_intent.requires_action",
      "payment_intent.payment_failed",
    ]);
    expect((await intents.confirm(waiting.id, { payment_method: "pm_card_visa" })).status).toBe("succeeded");
  });

  it("can still be declined afterwards", async () => {
    const waiting = await pay({
      payment_method: "pm_card_authenticationRequiredChargeDeclinedInsufficientFunds",
    });
    shop.emulator.authenticate(waiting.id, "pass");
    expect(await intents.retrieve(waiting.id)).toMatchObject({
      status: "requires_payment_method",
      last_payment_error: { decline_code: "insufficient_funds" },
    });
  });

  it("is refused when nobody is there, without a charge", async () => {
    const error = await refusal(pay({ payment_method: "pm_card_authenticationRequired", off_session: true }));
    expect(error).toMatchObject({
      statusCode: 402,
      code: "authentication_required",
      decline_code: "authentication_required",
    });
    expect((error.raw as { charge?: string }).charge).toBeUndefined();
    expect(await heard()).toEqual(["payment_intent.created", "payment_intent.payment_failed"]);
  });

  it("is refused when the caller wants no action", async () => {
    const params = { payment_method: "pm_card_authenticationRequired", error_on_requires_action: true };
    const error = await refusal(pay(params));
    expect(error).toMatchObject({
      code: "authentication_required",
      decline_code: "authentication_not_handled",
    });
  });

  it("depends on the card, on who is there and on what was saved", async () => {
    const status = async (payment_method: string, more = {}) =>
      (await pay({ payment_method, ...more })).status;
    expect(await status("pm_card_authenticationRequiredOnSetup")).toBe("requires_action");
    expect(await status("pm_card_authenticationRequiredSetupForOffSession")).toBe("requires_action");
    const off = { off_session: true };
    expect(await status("pm_card_authenticationRequiredSetupForOffSession", off)).toBe("succeeded");
    expect(await status("pm_card_threeDSecureOptional")).toBe("succeeded");
    const asked = { payment_method_options: { card: { request_three_d_secure: "any" as const } } };
    expect(await status("pm_card_threeDSecureOptional", asked)).toBe("requires_action");
  });

  it("leads to the bank's page and back when there is a way back", async () => {
    const params = {
      payment_method: "pm_card_authenticationRequired",
      return_url: "https://shop.example/back?a=1",
    };
    const waiting = await pay(params);
    const way = waiting.next_action?.redirect_to_url;
    expect(way?.return_url).toBe(params.return_url);
    expect(await (await fetch(String(way?.url))).text()).toContain("complete-authentication");
    const answer = await fetch(String(way?.url), {
      method: "POST",
      body: "answer=complete",
      headers: { "content-type": "application/x-www-form-urlencoded" },
      redirect: "manual",
    });
    const back = new URL(String(answer.headers.get("location")));
    expect(Object.fromEntries(back.searchParams)).toEqual({
      a: "1",
      payment_intent: waiting.id,
      payment_intent_client_secret: waiting.client_secret,
      redirect_status: "succeeded",
    });
    expect((await intents.retrieve(waiting.id)).status).toBe("succeeded");
    expect((await fetch(String(way?.url))).status).toBe(404);
  });

  it("waits for the server's second confirmation when it confirms by hand", async () => {
    const params = {
      payment_method: "pm_card_authenticationRequired",
      confirmation_method: "manual" as const,
    };
    const waiting = await pay(params);
    shop.emulator.authenticate(waiting.id, "pass");
    expect((await intents.retrieve(waiting.id)).status).toBe("requires_confirmation");
    expect((await intents.confirm(waiting.id)).status).toBe("succeeded");
  });
});
