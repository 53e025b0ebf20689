import { describe, expect, test } from "vitest";
import { ConfigError, isLoopbackUrl, readConfig, toSettings } from "./config.ts";

const NEEDED = {
  DATABASE_URL: "postgres://app:hunter2@127.0.0.1:5432/app",
  STRIPE_SECRET_KEY: "sk_test_123",
  STRIPE_WEBHOOK_SECRET: "whsec_1",
};
const LIVE = {
  ...NEEDED,
  STRIPE_SECRET_KEY: "sk_live_123",
  AI_BASE_URL: "https://ai.example",
  AI_API_KEY: "key",
  AI_MODEL: "model",
  SELLER_NAME: "Seller",
  SELLER_ORG_NO: "556000-0000",
  SELLER_ADDRESS: "Street 1",
  SELLER_EMAIL: "seller@example.com",
};

function refusal(env: Record<string, string>): string {
  try {
    readConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
  throw new Error("the configuration was accepted");
}

test("three variables are enough, and the rest is what the requirements say", () => {
  expect(readConfig(NEEDED)).toMatchObject({
    PORT: 3000,
    APP_URL: "http://localhost:3000",
    isLoopback: true,
    livemode: false,
    PRICE_SEK: 39,
    TRIAL_DAYS: 5,
    TRIAL_REQUIRES_CARD: true,
    FREE_IMAGES_PER_DAY: 2,
    QUOTA_TIMEZONE: "Europe/Stockholm",
    RATE_LIMITS: "on",
  });
});

test("graces are given to the rules in milliseconds", () => {
  const settings = toSettings(readConfig(NEEDED), "2026-10-28.endive");
  expect(settings).toMatchObject({
    livemode: false,
    trialDays: 5,
    grace: { pastDueMs: 604_800_000, trialVerifyMs: 3_600_000, periodVerifyMs: 172_800_000 },
  });
});

describe("the start is refused with the name of the variable", () => {
  test.each(Object.keys(NEEDED))("%s missing or empty", (name) => {
    const { [name]: _left, ...rest } = NEEDED as Record<string, string>;
    expect(refusal(rest)).toMatch(new RegExp(`^${name} is missing\\.`));
    expect(refusal({ ...NEEDED, [name]: "" })).toMatch(new RegExp(`^${name} is missing\\.`));
  });
  test.each([
    ["PORT", "http"],
    ["PORT", "70000"],
    ["DATABASE_URL", "mysql://localhost/app"],
    ["STRIPE_SECRET_KEY", "pk_test_123"],
    ["STRIPE_WEBHOOK_SECRET", "whsec_1,,whsec_2"],
    ["STRIPE_API_BASE", "127.0.0.1:4010"],
    ["TRIAL_DAYS", "0"],
    ["TRIAL_DAYS", "1.5"],
    ["TRIAL_REQUIRES_CARD", "yes"],
    ["FREE_IMAGES_PER_DAY", "-1"],
    ["QUOTA_TIMEZONE", "Europe/Atlantis"],
    ["PRICE_SEK", "free"],
    ["AUTH_SECRET", "short"],
    ["RATE_LIMITS", "maybe"],
    ["APP_URL", "ftp://localhost"],
  ])("%s=%s", (name, value) => {
    const message = refusal({ ...NEEDED, [name]: value });
    expect(message).toMatch(new RegExp(`^${name} `));
    expect(message.split("\n")).toHaveLength(1);
  });
  test("every wrong one on a line of its own, and no secret in any of them", () => {
    const message = refusal({ DATABASE_URL: "hunter2", STRIPE_SECRET_KEY: "sk_secret", PORT: "x" });
    expect(message.split("\n")).toHaveLength(4);
    expect(message).not.toMatch(/hunter2|sk_secret/);
  });
});

test("several webhook secrets may be given while they roll", () => {
  const { STRIPE_WEBHOOK_SECRET } = readConfig({ ...NEEDED, STRIPE_WEBHOOK_SECRET: "whsec_1, whsec_2" });
  expect(STRIPE_WEBHOOK_SECRET).toEqual(["whsec_1", "whsec_2"]);
});

describe("an address that is not loopback", () => {
  const env = { ...NEEDED, APP_URL: "https://app.example/" };
  test("needs an AUTH_SECRET", () => {
    expect(refusal(env)).toMatch(/^AUTH_SECRET is missing/);
    const AUTH_SECRET = "x".repeat(32);
    expect(readConfig({ ...env, AUTH_SECRET })).toMatchObject({
      APP_URL: "https://app.example",
      isLoopback: false,
    });
  });
  test.each([
    ["http://localhost:3000", true],
    ["http://127.0.0.1", true],
    ["http://127.8.9.1:80", true],
    ["http://[::1]:3000", true],
    ["http://127.0.0.1.example", false],
    ["http://localhost.example", false],
    ["http://10.0.0.1", false],
  ])("%s: loopback is %s", (url, isLoopback) => {
    expect(isLoopbackUrl(url)).toBe(isLoopback);
  });
});

describe("a live key", () => {
  test("is told apart from a test key, also when it is restricted", () => {
    expect(readConfig(LIVE).livemode).toBe(true);
    expect(readConfig({ ...LIVE, STRIPE_SECRET_KEY: "rk_live_1" }).livemode).toBe(true);
  });
  test("needs the AI's and the seller's settings", () => {
    for (const name of ["AI_API_KEY", "SELLER_ORG_NO"])
      expect(refusal({ ...LIVE, [name]: "" })).toContain(name);
    expect(refusal({ ...NEEDED, STRIPE_SECRET_KEY: "sk_live_1" })).toMatch(/AI_BASE_URL.*SELLER_EMAIL/);
  });
  test("never goes to a Stripe without https", () => {
    expect(refusal({ ...LIVE, STRIPE_API_BASE: "http://127.0.0.1:4010" })).toMatch(/^STRIPE_API_BASE/);
  });
});

test("another clock is refused with a live key, and with any Stripe that is not on this machine", () => {
  const CLOCK_URL = "http://127.0.0.1:4010/_emulator/clock";
  const local = "http://127.0.0.1:4010";
  expect(readConfig({ ...NEEDED, CLOCK_URL, STRIPE_API_BASE: local }).CLOCK_URL).toBe(CLOCK_URL);
  expect(refusal({ ...NEEDED, CLOCK_URL })).toMatch(/^CLOCK_URL/);
  expect(refusal({ ...NEEDED, CLOCK_URL, STRIPE_API_BASE: "https://stripe.example.com" })).toMatch(
    /^CLOCK_URL/,
  );
  expect(refusal({ ...LIVE, CLOCK_URL, STRIPE_API_BASE: "https://127.0.0.1:4010" })).toMatch(/^CLOCK_URL/);
});
