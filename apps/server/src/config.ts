import type { Settings } from "@liveassist/api";
import { ALERTS, type Thresholds } from "@liveassist/shared/alerts";
import { sekToOre } from "@liveassist/shared/money";
import { z } from "zod";

const number = (fallback: number, { min = 0, max = 1_000_000 } = {}) =>
  z.coerce.number().min(min).max(max).default(fallback);
const flag = (fallback: boolean) =>
  z
    .enum(["true", "false", "1", "0"])
    .default(fallback ? "true" : "false")
    .transform((value) => value === "true" || value === "1");
const url = z.url({ protocol: /^https?$/, hostname: /./ });
const optional = z.string().min(1).optional();

const timeZone = z.string().refine(isTimeZone, "is not a time zone such as Europe/Stockholm");

const schema = z.object({
  PORT: z.coerce.number().int().min(0).max(65_535).default(3000),
  HOST: z.string().min(1).default("127.0.0.1"),
  APP_URL: url.optional(),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }),
  DATA_DIR: z.string().min(1).default(".data"),
  STRIPE_SECRET_KEY: z.string().regex(/^(sk|rk)_(test|live)_\S+$/, "must look like sk_test_… or sk_live_…"),
  STRIPE_WEBHOOK_SECRET: z
    .string()
    .min(1)
    .transform((text) => text.split(",").map((part) => part.trim()))
    .refine((parts) => parts.every((part) => part !== ""), "has an empty secret between its commas"),
  STRIPE_API_BASE: url.optional(),
  STRIPE_PRICE_ID: optional,
  PRICE_SEK: number(39, { min: 3 }),
  TRIAL_DAYS: z.coerce.number().int().min(1).max(730).default(5),
  TRIAL_REQUIRES_CARD: flag(true),
  FREE_IMAGES_PER_DAY: z.coerce.number().int().min(0).max(10_000).default(2),
  QUOTA_TIMEZONE: timeZone.default("Europe/Stockholm"),
  PAST_DUE_GRACE_DAYS: number(7),
  TRIAL_VERIFY_GRACE_MINUTES: number(60),
  PERIOD_VERIFY_GRACE_HOURS: number(48),
  CLOCK_URL: url.optional(),
  AUTH_SECRET: z.string().min(32, "must have at least 32 characters").optional(),
  ADMIN_EMAILS: z
    .string()
    .default("")
    .transform((text) =>
      text
        .split(",")
        .map((part) => part.trim().toLowerCase())
        .filter(Boolean),
    ),
  SMTP_URL: z.url({ protocol: /^smtps?$/ }).optional(),
  SELLER_NAME: optional,
  SELLER_ORG_NO: optional,
  SELLER_ADDRESS: optional,
  SELLER_EMAIL: optional,
  AI_BASE_URL: url.optional(),
  AI_API_KEY: optional,
  AI_MODEL: optional,
  MAX_VIDEO_MB: number(200, { min: 1, max: 10_000 }),
  RECONCILE_EVERY_SECONDS: number(300, { min: 1, max: 86_400 }),
  METRICS_TOKEN: optional,
  ALERT_WEBHOOK_URL: url.optional(),
  ALERT_THRESHOLDS: z.string().default("").transform(toThresholds),
  TRUST_PROXY: optional.transform(toTrustProxy),
  RATE_LIMITS: z.enum(["on", "off"]).default("on"),
  LOG_LEVEL: z.enum(["debug", "info", "warn", "error", "silent"]).default("info"),
});

type Env = z.infer<typeof schema>;

/** The environment, checked. Everything the server needs to know before it starts (requirements R12). */
export interface Config extends Omit<Env, "APP_URL"> {
  readonly APP_URL: string;
  readonly isLoopback: boolean;
  readonly livemode: boolean;
}

/** A setting that is missing or wrong; its message names the variable and is all that is printed. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
}

/** Only with a live key: what has to be there before real money moves (requirements R12). */
const LIVE_NEEDS = [
  "AI_BASE_URL",
  "AI_API_KEY",
  "AI_MODEL",
  "SELLER_NAME",
  "SELLER_ORG_NO",
  "SELLER_ADDRESS",
  "SELLER_EMAIL",
] as const;

/** Reads the environment. Empty variables count as absent. Throws `ConfigError` with one line per wrong variable. */
export function readConfig(env: NodeJS.ProcessEnv = process.env): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ""));
  const parsed = schema.safeParse(given);
  if (!parsed.success) {
    throw new ConfigError(parsed.error.issues.map((issue) => explain(issue, given)).join("\n"));
  }
  const APP_URL = (parsed.data.APP_URL ?? `http://localhost:${parsed.data.PORT}`).replace(/\/+$/, "");
  const livemode = /^(sk|rk)_live_/.test(parsed.data.STRIPE_SECRET_KEY);
  const config = { ...parsed.data, APP_URL, livemode, isLoopback: isLoopbackUrl(APP_URL) };
  checkTogether(config);
  return config;
}

function explain(issue: z.core.$ZodIssue, given: Record<string, unknown>): string {
  const name = issue.path.join(".");
  if (!(name in given)) return `${name} is missing. Set it, or use npm start, which needs no settings.`;
  return `${name} ${issue.code === "custom" ? issue.message : `is not valid: ${issue.message}`}.`;
}

function checkTogether(config: Config): void {
  if (!config.isLoopback && config.AUTH_SECRET === undefined) {
    throw new ConfigError("AUTH_SECRET is missing. It is required when APP_URL is not a loopback address.");
  }
  if (config.CLOCK_URL !== undefined) checkClock(config);
  if (!config.livemode) return;
  const missing = LIVE_NEEDS.filter((name) => config[name] === undefined);
  if (missing.length > 0)
    throw new ConfigError(`${missing.join(", ")} must be set when STRIPE_SECRET_KEY is a live key.`);
  if (config.STRIPE_API_BASE && !config.STRIPE_API_BASE.startsWith("https:")) {
    throw new ConfigError("STRIPE_API_BASE must be https when STRIPE_SECRET_KEY is a live key.");
  }
}

/** Another clock is for playing with a Stripe on this machine; with a real one it would end what people paid for. */
function checkClock(config: Config): void {
  const isLocal = config.STRIPE_API_BASE !== undefined && isLoopbackUrl(config.STRIPE_API_BASE);
  if (config.livemode || !isLocal) {
    throw new ConfigError(
      "CLOCK_URL is only for a Stripe on this machine (STRIPE_API_BASE on loopback, a test key).",
    );
  }
}

const MINUTE = 60_000;

/** The settings of the rules, in the units the rules speak. */
export function toSettings(config: Config, stripeApiVersion: string): Settings {
  return {
    appUrl: config.APP_URL,
    livemode: config.livemode,
    stripeApiVersion,
    trialDays: config.TRIAL_DAYS,
    trialRequiresCard: config.TRIAL_REQUIRES_CARD,
    freeImagesPerDay: config.FREE_IMAGES_PER_DAY,
    quotaTimezone: config.QUOTA_TIMEZONE,
    grace: {
      pastDueMs: config.PAST_DUE_GRACE_DAYS * 24 * 60 * MINUTE,
      trialVerifyMs: config.TRIAL_VERIFY_GRACE_MINUTES * MINUTE,
      periodVerifyMs: config.PERIOD_VERIFY_GRACE_HOURS * 60 * MINUTE,
    },
    seller: toSeller(config),
    priceOre: sekToOre(config.PRICE_SEK),
    alertThresholds: config.ALERT_THRESHOLDS,
    mostVideoBytes: config.MAX_VIDEO_MB * 1_000_000,
  };
}

/** All four or none: half of an imprint is none. */
function toSeller(config: Config): Settings["seller"] {
  const { SELLER_NAME: name, SELLER_ORG_NO: orgNo, SELLER_ADDRESS: address, SELLER_EMAIL: email } = config;
  return name && orgNo && address && email ? { name, orgNo, address, email } : null;
}

/** `name=number` with commas between; a name that is no alert's, or what is no number, stops the start. */
function toThresholds(text: string, context: z.RefinementCtx): Thresholds {
  const pairs = text
    .split(",")
    .filter((part) => part.trim() !== "")
    .map((part) => part.split("=").map((side) => side.trim()));
  for (const [name = "", value = "", ...more] of pairs) {
    const isNumber = value !== "" && Number.isFinite(Number(value)) && Number(value) >= 0;
    if (Object.hasOwn(ALERTS, name) && isNumber && more.length === 0) continue;
    context.addIssue({
      code: "custom",
      message: `has "${name}=${value}", which is not an alert and a number`,
    });
  }
  return Object.fromEntries(pairs.map(([name = "", value]) => [name, Number(value)]));
}

/** `true`, a number of hops, or addresses, as the host framework takes them. */
function toTrustProxy(
  text: string | undefined,
): boolean | string | ((address: string, hop: number) => boolean) {
  if (text === undefined || text === "false") return false;
  if (text === "true") return true;
  const hops = /^\d+$/.test(text) ? Number(text) : null;
  return hops === null ? text : (_address, hop) => hop < hops;
}

/** True for localhost, 127.0.0.0/8 and ::1. */
export function isLoopbackUrl(text: string): boolean {
  const { hostname } = new URL(text);
  return hostname === "localhost" || hostname === "[::1]" || /^127(\.\d+){3}$/.test(hostname);
}

function isTimeZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}
