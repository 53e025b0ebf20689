import { createWatchMemory, watch } from "@liveassist/api";
import { createTestDatabase, type TestDatabase } from "@liveassist/db/testing";
import { afterEach, beforeEach, expect, test } from "vitest";
import { BrowserUser } from "../support/browser-user.ts";
import { deliver } from "../support/deliver.ts";
import { type StartedApp, startApp } from "../support/start-app.ts";
import { StripeStub } from "../support/stripe-stub.ts";

const SECRET = "whsec_of_the_endpoint";

let stub: StripeStub;
let database: TestDatabase;
let server: StartedApp | undefined;
beforeEach(async () => {
  stub = await new StripeStub().start();
  database = await createTestDatabase();
});
afterEach(async () => {
  await server?.stop();
  await database.close();
  await stub.stop();
});

/** A server with this secret instead of the one before. */
async function restart(secret: string): Promise<StartedApp> {
  await server?.stop();
  server = await startApp({ stripe: { url: stub.url, secret }, database });
  return server;
}

const send = (to: StartedApp, secret = SECRET) =>
  deliver(to.url, stub.event("customer.created", { id: "cus_1", object: "customer" }), { secret });

/** So many evaluations; answers the open alerts. */
async function look({ running }: StartedApp, times: number): Promise<unknown[]> {
  const memory = createWatchMemory();
  for (let turn = 0; turn < times; turn++) await watch(running.deps, memory);
  return (await database.sql`select alert from incidents where closed_at is null`).map((row) => row["alert"]);
}

test("a wrong webhook secret fires, however few deliveries there are, and the right one clears it at once", async () => {
  const wrong = await restart("whsec_of_another_endpoint");
  for (let tries = 0; tries < 3; tries++) expect((await send(wrong)).status).toBe(400);
  expect(await look(wrong, 2)).toEqual(["webhooks_failing"]);
  expect(wrong.logs.filter((line) => line["alarm"] === "webhooks_failing")).toHaveLength(1);
  const right = await restart(SECRET);
  expect(await look(right, 3)).toEqual(["webhooks_failing"]);
  expect((await send(right)).status).toBe(200);
  expect(await look(right, 3)).toEqual([]);
});

test("noise, and forged deliveries while real ones are taken, wake nobody", async () => {
  const app = await restart(SECRET);
  const post = (body: string, signature?: string) =>
    new BrowserUser(app.url).call("POST /api/webhooks/stripe", {
      body,
      headers: signature === undefined ? {} : { "stripe-signature": signature },
    });
  for (let tries = 0; tries < 20; tries++) {
    await post("{}");
    await post("{}", "t=1,v1=nonsense");
    await post("no json", `t=1763726400,v1=${"0".repeat(64)}`);
  }
  expect(await look(app, 4)).toEqual([]);
  for (let tries = 0; tries < 20; tries++) expect((await send(app, "whsec_forged")).status).toBe(400);
  expect((await send(app)).status).toBe(200);
  expect(await look(app, 4)).toEqual([]);
  const counted =
    await database.sql`select label, sum(n)::int as n from minute_counts group by label order by label`;
  expect([...counted]).toEqual([
    { label: "ignored", n: 1 },
    { label: "invalid_signature", n: 20 },
    { label: "unsigned", n: 60 },
  ]);
});

test("what a server counted since its last look is written down when it stops", async () => {
  const app = await restart(SECRET);
  await look(app, 1);
  await send(app);
  await restart(SECRET);
  expect(await database.sql`select name, label, n::int from minute_counts`).toEqual([
    { name: "webhooks", label: "ignored", n: 1 },
  ]);
});
