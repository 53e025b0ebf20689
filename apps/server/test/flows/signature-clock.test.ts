import { afterAll, beforeAll, expect, test } from "vitest";
import { buyer, deliver } from "../support/deliver.ts";
import { type StartedApp, startApp } from "../support/start-app.ts";
import { StripeStub } from "../support/stripe-stub.ts";

const SECRET = "whsec_clock";
const FIVE_DAYS = 5 * 86_400_000;
let stub: StripeStub;
let server: StartedApp;

beforeAll(async () => {
  stub = await new StripeStub().start();
  // As in development after five days in a click: domain time is ahead, wall time is not (design I12).
  const clock = { now: () => Date.now() + FIVE_DAYS, wall: Date.now };
  server = await startApp({ stripe: { url: stub.url, secret: SECRET }, clock });
});
afterAll(async () => {
  await server.stop();
  await stub.stop();
});

test("a signature is good for 300 s of wall time, wherever domain time is", async () => {
  const { user, events } = await buyer(stub, { url: server.url, name: "Early" });
  const wall = Math.floor(Date.now() / 1000);
  const [completed, created] = events;
  const sent = await deliver(server.url, completed ?? {}, { secret: SECRET, at: wall });
  expect(sent).toMatchObject({ status: 200, body: { received: true } });
  const ofDomainTime = { secret: SECRET, at: wall + FIVE_DAYS / 1000 };
  expect((await deliver(server.url, created ?? {}, ofDomainTime)).status).toBe(400);
  await expect.poll(async () => (await user.me())["subscription_status"], { timeout: 8000 }).toBe("paid");
});
