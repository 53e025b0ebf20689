import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { freePort } from "../packages/db/src/embedded.ts";
import { DEMO_ACCOUNTS, DEMO_PASSWORD } from "./start/demo-accounts.ts";
import { ownCopy, runScript, startAll } from "./start/test/started.ts";
import { temporaryFolder } from "./start/test/temporary-folder.ts";

const folder = temporaryFolder();
const copy = await ownCopy(join(folder.path, "data"));
const address = `http://localhost:${copy.PORT}`;
afterAll(folder.remove);

const signIn = (email: string, password = DEMO_PASSWORD) =>
  fetch(`${address}/api/auth/sign-in/email`, {
    method: "POST",
    headers: { "content-type": "application/json", origin: address },
    body: JSON.stringify({ email, password }),
  });

async function me(email: string): Promise<Record<string, unknown>> {
  const cookie = (await signIn(email)).headers
    .getSetCookie()
    .map((one) => one.split(";")[0])
    .join("; ");
  const response = await fetch(`${address}/api/users/me`, { headers: { cookie } });
  return (await response.json()) as Record<string, unknown>;
}

const databaseIsGone = () => {
  const log = readFileSync(join(copy.DATA_DIR, "postgres", "postgres.log"), "utf8");
  return log.trimEnd().endsWith("database system is shut down");
};

test("the first start makes everything from nothing, and says where to look and who may sign in", async () => {
  const started = await startAll(copy);
  for (const words of [address, "anna@example.com", DEMO_PASSWORD, "Stripe emulator", "mail", "Ctrl-C"]) {
    expect(started.output()).toContain(words);
  }
  expect(started.output()).not.toContain("\u001b");
  expect(started.errors()).toBe("");
  const page = await fetch(address);
  expect([page.status, page.headers.get("content-type")]).toEqual([
    200,
    expect.stringContaining("text/html"),
  ]);
  for (const { email, role } of DEMO_ACCOUNTS)
    expect(await me(email)).toMatchObject({ email, role, subscription_status: "free" });

  const emulator = /http:\/\/127\.0\.0\.1:\d+/.exec(started.output())?.[0] ?? "";
  expect((await fetch(`${emulator}/v1/customers`)).status).toBe(401);

  const second = runScript("start.ts", [], { ...copy, PORT: String(await freePort()) });
  expect(await second.exit).toBe(1);
  expect(second.errors()).toMatch(/^LiveAssist already runs on .*\n$/);

  const granted = runScript("grant-admin.ts", ["Bo@example.com"], copy);
  expect(await granted.exit).toBe(0);
  expect(granted.output()).toBe("bo@example.com is an admin now.\n");
  expect(await me("bo@example.com")).toMatchObject({ role: "admin" });

  started.child.kill("SIGTERM");
  expect(await started.exit).toBe(0);
  expect(databaseIsGone()).toBe(true);
  await expect(fetch(address)).rejects.toThrow();
});

test("the next start serves a page from the same data", async () => {
  const started = await startAll(copy);
  expect((await fetch(address)).status).toBe(200);
  expect(started.output()).not.toContain("Creating the database");
  expect(await me("bo@example.com")).toMatchObject({ role: "admin" });
  started.child.kill("SIGINT");
  expect(await started.exit).toBe(0);
  expect(databaseIsGone()).toBe(true);
});

test("grant-admin starts a stopped database for the moment, and knows who is unknown", async () => {
  const already = runScript("grant-admin.ts", ["admin@example.com"], copy);
  expect(await already.exit).toBe(0);
  expect(already.output()).toBe("admin@example.com is an admin already.\n");
  const unknown = runScript("grant-admin.ts", ["nobody@example.com"], copy);
  expect(await unknown.exit).toBe(1);
  expect(unknown.errors()).toBe(
    "There is no account with the e-mail nobody@example.com. Sign up first, then run this again.\n",
  );
  expect(databaseIsGone()).toBe(true);
});

const UNREACHABLE = "postgres://a:secret@127.0.0.1:9/x";
test.each([
  [{ PORT: "no" }, /^PORT is "no", and must be a number/],
  [{ DATABASE_URL: UNREACHABLE, TRIAL_DAYS: "many" }, /^TRIAL_DAYS /],
  [{ DATABASE_URL: UNREACHABLE }, /^Cannot use the database 127\.0\.0\.1:9\/x: nothing answers/],
])("%j gives one line and ends everything", async (environment, line) => {
  const started = runScript("start.ts", [], {
    ...copy,
    STRIPE_SECRET_KEY: "sk_test_1",
    STRIPE_WEBHOOK_SECRET: "whsec_1",
    ...environment,
  });
  expect(await started.exit).toBe(1);
  expect(started.errors()).toMatch(line);
  expect(started.errors().trim().split("\n")).toHaveLength(1);
});
