import { mkdtemp, readdir, rm } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "@liveassist/db/embedded";
import { createTestDatabase, type TestDatabase } from "@liveassist/db/testing";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { BrowserUser } from "../support/browser-user.ts";
import { runServer } from "../support/server-process.ts";
import { StripeStub } from "../support/stripe-stub.ts";

let stub: StripeStub;
let database: TestDatabase;
let folder: string;

beforeAll(async () => {
  stub = await new StripeStub().start();
  database = await createTestDatabase();
  folder = await mkdtemp(join(tmpdir(), "liveassist-main-"));
});

afterAll(async () => {
  await database.close();
  await stub.stop();
  await rm(folder, { recursive: true, force: true });
});

const settings = (): Record<string, string> => ({
  PORT: "0",
  DATA_DIR: folder,
  DATABASE_URL: database.url,
  STRIPE_SECRET_KEY: "sk_test_123",
  STRIPE_WEBHOOK_SECRET: stub.secret,
  STRIPE_API_BASE: stub.url,
});

const LIVE = {
  STRIPE_SECRET_KEY: "sk_live_123",
  AI_BASE_URL: "https://ai.example",
  AI_API_KEY: "key",
  AI_MODEL: "model",
  SELLER_NAME: "LiveAssist AB",
  SELLER_ORG_NO: "556000-0000",
  SELLER_ADDRESS: "Gatan 1",
  SELLER_EMAIL: "hej@example.com",
};

/** It ended by itself, with code 1 and as many lines as things are wrong, each saying which; no stack. */
async function refuses(environment: Record<string, string>, ...what: RegExp[]): Promise<string> {
  const server = runServer(environment);
  expect(await server.exit, server.errors()).toBe(1);
  const lines = server.errors().trim().split("\n");
  expect(lines, server.errors()).toHaveLength(what.length);
  for (const one of what) expect(lines.some((line) => one.test(line))).toBe(true);
  expect(server.errors()).not.toMatch(/\bat .+:\d+/);
  expect(server.logs.some((line) => line["msg"] === "listening")).toBe(false);
  return server.errors();
}

describe.concurrent("main.ts refuses to start with one clear line", () => {
  test("about each variable that is missing or empty", () =>
    refuses(
      { DATABASE_URL: "", PORT: "0" },
      /^DATABASE_URL is missing/,
      /^STRIPE_SECRET_KEY is missing/,
      /^STRIPE_WEBHOOK_SECRET is missing/,
    ));

  test("about each variable that is malformed", () => {
    const wrong = {
      PORT: "seventy",
      TRIAL_DAYS: "0.5",
      STRIPE_SECRET_KEY: "pk_test_1",
      QUOTA_TIMEZONE: "Mars/Base",
      DATABASE_URL: "mysql://localhost/x",
    };
    return refuses({ ...settings(), ...wrong }, ...Object.keys(wrong).map((name) => new RegExp(`^${name} `)));
  });

  test("about a live key with a Stripe that is not https", () =>
    refuses({ ...settings(), ...LIVE }, /^STRIPE_API_BASE must be https/));

  test("about a taken port", async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
    const { port } = other.address() as AddressInfo;
    try {
      await refuses({ ...settings(), PORT: String(port) }, new RegExp(`^PORT ${port} is already in use`));
    } finally {
      await new Promise((resolve) => other.close(resolve));
    }
  });

  test("about a database that cannot be reached, without telling the password", async () => {
    const port = await freePort();
    const address = `postgres://me:hunter2@127.0.0.1:${port}/app`;
    const said = await refuses(
      { ...settings(), DATABASE_URL: address },
      new RegExp(`127\\.0\\.0\\.1:${port}`),
    );
    expect(said).not.toContain("hunter2");
  });
});

describe("main.ts", () => {
  test("migrates an empty database, serves, and ends with code 0 on SIGTERM", async () => {
    const name = `empty_${process.pid}`;
    await database.sql.unsafe(`create database ${name}`);
    const url = database.url.replace(/\/\w+$/, `/${name}`);
    const port = await freePort();
    try {
      const server = runServer({ ...settings(), PORT: String(port), DATABASE_URL: url });
      await server.logged("listening");
      const user = await new BrowserUser(`http://localhost:${port}`).signUp("Anna");
      const tab = await user.openTab(0);
      expect(await user.me()).toMatchObject({ subscription_status: "free" });
      server.child.kill("SIGTERM");
      expect(await server.exit).toBe(0);
      expect(server.errors()).toBe("");
      await tab.close();
      await vi.waitFor(async () => {
        const left = await database.sql`select 1 from pg_stat_activity
          where datname = ${name} and backend_type = 'client backend'`;
        expect(left).toHaveLength(0);
      });
      await expect(fetch(`http://localhost:${port}/healthz`)).rejects.toThrow();
      // Where files will be, and nothing in it.
      expect(await readdir(folder, { recursive: true })).toEqual(["files", "uploads"]);
    } finally {
      await database.sql.unsafe(`drop database if exists ${name} with (force)`);
    }
  });
});
