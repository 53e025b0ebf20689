import type { Deps } from "@liveassist/api";
import { users } from "@liveassist/db/schema";
import { afterEach, beforeEach, expect, test } from "vitest";
import { checkBelonging } from "../../src/start-checks.ts";
import { type StartedApp, startApp } from "../support/start-app.ts";
import { StripeStub } from "../support/stripe-stub.ts";

let stub: StripeStub;
let server: StartedApp;

beforeEach(async () => {
  stub = await new StripeStub().start();
  server = await startApp({ stripe: { url: stub.url, secret: stub.secret } });
});

afterEach(async () => {
  await server.stop();
  await stub.stop();
});

/** A start with a key of this account and mode; null: the key may not ask which account it is. */
function start(account: string | null, livemode = false): Promise<void> {
  const { deps } = server.running;
  const stripe: Deps["stripe"] = { ...deps.stripe, accountId: async () => account };
  return checkBelonging({ ...deps, stripe, settings: { ...deps.settings, livemode } });
}

test("a database stays with the Stripe account of its first start", async () => {
  await start("acct_first");
  await start("acct_first");
  await start(null);
  await expect(start("acct_other")).rejects.toThrow(
    /belongs to Stripe's acct_first in test mode.*acct_other/,
  );
});

test("and with its mode, also where the key may not say its account", async () => {
  await start(null);
  await expect(start(null, true)).rejects.toThrow(/test mode.*live mode/);
  await start("acct_learned");
  await expect(start("acct_other")).rejects.toThrow(/acct_learned/);
});

test("a live key never starts on demo accounts", async () => {
  await server.running.deps.db.insert(users).values({ id: "demo", name: "Anna", email: "anna@example.com" });
  await expect(start("acct_live", true)).rejects.toThrow(/demo accounts/);
});
