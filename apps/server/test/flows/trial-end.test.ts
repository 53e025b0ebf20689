import { type Emulator, startEmulator } from "@liveassist/stripe-emulator";
import { afterAll, beforeAll, expect, test } from "vitest";
import { BrowserUser } from "../support/browser-user.ts";
import { type StartedApp, startApp } from "../support/start-app.ts";

const HOUR = 3_600_000;
let emulator: Emulator;
let server: StartedApp;

beforeAll(async () => {
  emulator = await startEmulator({ webhookSecret: "whsec_nobody" });
  server = await startApp({
    stripe: { url: emulator.url, secret: "whsec_nobody" },
    env: { CLOCK_URL: `${emulator.url}/_emulator/clock` },
  });
});

afterAll(async () => {
  await server.stop();
  await emulator.close();
});

test("five days pass: without any webhook Stripe is asked at the trial's end, and the first payment is told", async () => {
  const user = await new BrowserUser(server.url).signUp("Trial");
  const { body } = await user.post("/api/subscriptions/create-checkout", { trial: true });
  await emulator.completeCheckout(String(body["sessionId"]));
  await user.post("/api/subscriptions/confirm", { sessionId: body["sessionId"] });
  const trial = await user.me();
  expect(trial).toMatchObject({ subscription_status: "trial", stripe_status: "trialing", xp: 0 });
  const tab = await user.openTab(Number(trial["version"]));

  await emulator.clock.advance(5 * 24 * HOUR + 2 * HOUR);
  const [paid] = await tab.until((heard) => heard.some((event) => event.subscription_status === "paid"));
  expect(paid).toMatchObject({
    subscription_status: "paid",
    stripe_status: "active",
    xp: 250,
    xp_awarded: 250,
  });
  expect(await user.me()).toMatchObject({ subscription_status: "paid", trial_ends_at: null, xp: 250 });
  await tab.close();
});
