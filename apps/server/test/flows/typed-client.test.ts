import type { AppRouter } from "@liveassist/api";
import type { ErrorBody } from "@liveassist/shared/errors";
import { createTRPCClient, httpLink, TRPCClientError } from "@trpc/client";
import { afterAll, beforeAll, expect, test } from "vitest";
import { BrowserUser } from "../support/browser-user.ts";
import { type StartedApp, startApp } from "../support/start-app.ts";
import { StripeStub } from "../support/stripe-stub.ts";

let stub: StripeStub;
let server: StartedApp;
let user: BrowserUser;

beforeAll(async () => {
  stub = await new StripeStub().start();
  server = await startApp({ stripe: { url: stub.url, secret: stub.secret } });
  user = await new BrowserUser(server.url).signUp("Anna");
});

afterAll(async () => {
  await server.stop();
  await stub.stop();
});

/** A client with the types of every procedure; whoever calls is told by the login's cookie. */
const connect = (cookie: string) =>
  createTRPCClient<AppRouter>({
    links: [httpLink({ url: `${server.url}/trpc`, headers: { cookie } })],
  });

test("a typed client reads, buys and confirms", async () => {
  const client = connect(user.cookie);
  const me = await client.user.me.query();
  expect(me.subscription_status).toBe("free");

  const checkout = await client.subscription.createCheckout.mutate({ trial: true });
  expect(checkout.firstChargeOre).toBe(3900);

  stub.pay(checkout.sessionId); // what a person does at checkout.url
  const status = await client.subscription.confirm.mutate({ sessionId: checkout.sessionId });
  expect(status.subscription_status).toBe("trial");
  expect(status.trial_available).toBe(false);
});

test("a refusal has the contract's body at error.data.contract", async () => {
  const refused = await connect("")
    .user.me.query()
    .catch((error: unknown) => error);
  if (!(refused instanceof TRPCClientError)) throw new Error("expected a refusal");
  const { contract } = refused.data as { contract: ErrorBody };
  expect(contract).toEqual({ error: "unauthenticated", code: "UNAUTHENTICATED", message: "Sign in first." });
});

// Checked by the compiler: an unknown procedure or a wrong input does not build.
test("a wrong call does not compile, and is refused all the same", async () => {
  const client = connect(user.cookie);
  // @ts-expect-error `sessionId` is text
  await expect(client.subscription.confirm.mutate({ sessionId: 7 })).rejects.toThrow("sessionId");
});
