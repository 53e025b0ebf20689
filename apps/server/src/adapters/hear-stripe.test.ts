import { StripeError, type StripePort } from "@liveassist/api";
import { AppError } from "@liveassist/shared/errors";
import { expect, test } from "vitest";
import { createVitals, noteStripe } from "../vitals.ts";
import { hearStripe, type StripeOutcome } from "./hear-stripe.ts";
import { createStripe } from "./stripe.ts";

/** A Stripe that answers every call in the same way, and what was heard of it. */
function stripeThat(answer: () => Promise<Response>) {
  const heard: StripeOutcome[] = [];
  const port: StripePort = createStripe({
    secretKey: "sk_test_1",
    webhookSecrets: ["whsec_1"],
    apiBase: "http://127.0.0.1:1",
    priceId: "price_1",
    priceSek: 39,
    fetch: answer,
  });
  return { heard, port: hearStripe(port, (outcome) => heard.push(outcome)) };
}
const json = (status: number, body: unknown) => async () =>
  new Response(JSON.stringify(body), { status, headers: { "content-type": "application/json" } });

test("an answer is heard, also one that there is no such thing", async () => {
  const { heard, port } = stripeThat(json(404, { error: { code: "resource_missing" } }));
  await expect(port.retrieveSubscription("sub_1")).resolves.toBeNull();
  expect(heard).toEqual(["ok"]);
});

test("a refusal is heard, and stays the error it is", async () => {
  const { heard, port } = stripeThat(json(401, { error: { message: "no such key" } }));
  await expect(port.listSubscriptions("cus_1")).rejects.toMatchObject({
    name: "StripeError",
    kind: "rejected",
  });
  expect(heard).toEqual(["refused"]);
});

test("that Stripe is away is heard, and stays the error it is", async () => {
  const { heard, port } = stripeThat(json(503, { error: { message: "away" } }));
  await expect(port.listSubscriptions("cus_1")).rejects.toBeInstanceOf(StripeError);
  expect(heard).toEqual(["unavailable"]);
});

test("a signature is checked without asking Stripe, and tells nothing of it", () => {
  const { heard, port } = stripeThat(json(200, {}));
  expect(() => port.verifyWebhook(Buffer.from("{}"), undefined)).toThrow(AppError);
  expect(heard).toEqual([]);
});

test("since when Stripe is away is the first failure after its last answer", () => {
  const vitals = createVitals();
  const play: [StripeOutcome, number][] = [
    ["ok", 1],
    ["unavailable", 2],
    ["unavailable", 3],
  ];
  for (const [outcome, wall] of play) noteStripe(vitals, outcome, wall);
  expect(vitals).toMatchObject({ stripeOkAt: 1, stripeFailedAt: 3, stripeFailingSince: 2 });
  noteStripe(vitals, "refused", 4);
  expect(vitals).toMatchObject({ stripeOkAt: 4, stripeFailedAt: 3, stripeFailingSince: null });
});
