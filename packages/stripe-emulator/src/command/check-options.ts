import { API_VERSIONS } from "../delivery/api-versions.ts";
import { RETRY_PROFILES } from "../delivery/retry-profile.ts";
import type { EmulatorOptions } from "../emulator.ts";

type Checks = {
  [K in keyof EmulatorOptions]?: [fits: (value: NonNullable<EmulatorOptions[K]>) => boolean, must: string];
};

const isWhole = (value: number) => Number.isSafeInteger(value) && value >= 0;
const isMilliseconds = (value: number) => Number.isFinite(value) && value >= 0;

/** What the options of a start must be, for people who give them as flags and for callers without types. */
const CHECKS: Checks = {
  port: [(port) => isWhole(port) && port < 65_536, "be a number from 0 to 65535"],
  host: [isText, "not be empty"],
  dataFile: [isText, "be a file"],
  seed: [isWhole, "be a whole number"],
  forwardTo: [(to) => [to].flat().every(isAddress), "be an http(s) address"],
  forwardApiVersion: [
    (version) => API_VERSIONS.includes(version),
    `be a version of Stripe's API like ${API_VERSIONS.at(-1)}`,
  ],
  webhookSecret: [isText, "not be empty"],
  secretKey: [isText, "not be empty"],
  retryProfile: [(profile) => RETRY_PROFILES.includes(profile), "be fast, test or live"],
  deliveryTimeoutMs: [isMilliseconds, "be milliseconds"],
  apiLatencyMs: [isMilliseconds, "be milliseconds"],
};

const UNCHECKED: readonly string[] = ["clock", "settings", "log", "onError"];

/** The first option that is none or cannot be, and what it must be ("be a whole number"); null when all can. Settings are read-setting's. */
export function wrongOption(options: EmulatorOptions): { option: string; must: string } | null {
  const unknown = Object.keys(options).find(
    (name) => !(Object.hasOwn(CHECKS, name) || UNCHECKED.includes(name)),
  );
  if (unknown !== undefined)
    return { option: unknown, must: `be one of ${[...Object.keys(CHECKS), ...UNCHECKED].join(", ")}` };
  for (const option of Object.keys(CHECKS) as (keyof typeof CHECKS)[]) {
    const value: unknown = options[option];
    const [fits, must] = CHECKS[option] as [(value: unknown) => boolean, string];
    if (value !== undefined && !fits(value)) return { option, must };
  }
  return null;
}

function isText(value: string): boolean {
  return typeof value === "string" && value !== "";
}

function isAddress(url: string): boolean {
  return typeof url === "string" && /^https?:\/\/./.test(url) && URL.canParse(url);
}
