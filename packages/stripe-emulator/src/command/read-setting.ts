import { API_VERSIONS } from "../delivery/api-versions.ts";
import type { Settings } from "../settings.ts";

/** Reads the value of one setting; undefined for what it cannot be. */
interface Reading<T> {
  read: (text: string) => T | undefined;
  /** What it can be, for people. */
  takes: string;
}

const number: Reading<number> = {
  read: (text) => (/^\d+(\.\d+)?$/.test(text) ? Number(text) : undefined),
  takes: "a number",
};

const flag: Reading<boolean> = {
  read: (text) => (text === "true" ? true : text === "false" ? false : undefined),
  takes: "true or false",
};

function word<const T extends string>(...words: T[]): Reading<T> {
  return { read: (text) => words.find((one) => one === text), takes: words.join(" or ") };
}

const numbers: Reading<number[]> = {
  read: (text) => {
    const all = text === "" ? [] : text.split(",").map(number.read);
    return all.every((one) => one !== undefined) ? all : undefined;
  },
  takes: "numbers with commas between",
};

function pair<T>(of: (first: number, second: number) => T | undefined): Reading<T> {
  return {
    read: (text) => {
      const [first, second, more] = numbers.read(text) ?? [];
      return first === undefined || second === undefined || more !== undefined
        ? undefined
        : of(first, second);
    },
    takes: "two numbers with a comma between",
  };
}

const range = pair((least, most) => (least <= most ? ([least, most] as const) : undefined));

/** How each setting is written on the command line. A setting that is missing here does not compile. */
const READINGS: { [K in keyof Settings]: Reading<Settings[K]> } = {
  trialPaymentStatus: word("no_payment_required", "paid"),
  eventOrder: word("usual", "any"),
  clockEventTime: word("clock", "sent"),
  checkoutCreates: word("active", "incomplete"),
  portalCardEvents: word("both", "customer", "subscription"),
  resumptionIsUpdate: flag,
  endedSubscription: word("resource_missing", "invalid_request"),
  replayHeader: flag,
  invoicePaymentDelay: range,
  draftSeconds: number,
  draftSecondsUnanswered: number,
  retryDays: numbers,
  afterLastRetry: word("cancel", "unpaid", "past_due", "pause"),
  upcomingDays: { read: (text) => (text === "none" ? null : number.read(text)), takes: "a number or none" },
  smallInvoices: word("carry", "charge"),
  invoiceOverdue: flag,
  trialSpendsOnce: flag,
  discountEndIsTold: flag,
  disputeCancels: flag,
  bankDebitSeconds: number,
  asyncCaptureSeconds: number,
  refundSeconds: number,
  processingFee: pair((percent, fixed) => ({ percent, fixed })),
  strictTestClocks: flag,
  accountVersion: {
    read: (text) => API_VERSIONS.find((one) => one === text),
    takes: "a version of Stripe's API",
  },
  eventDays: number,
  eventsKept: range,
  keysKept: number,
  keyScope: word("account", "endpoint"),
  requestsPerSecond: number,
  requestsPerSecondOfEndpoint: number,
  portalConfigured: flag,
};

/** The first setting that is none or cannot be what it is set to, in a sentence; null when all can. */
export function wrongSetting(settings: Partial<Settings>): string | null {
  for (const [name, value] of Object.entries(settings)) {
    const reading = readingOf(name);
    if (reading === undefined) return unknown(name);
    if (reading.read(written(value)) === undefined) return `${name} takes ${reading.takes}.`;
  }
  return null;
}

/** A value as it is written on the command line. */
function written(value: unknown): string {
  if (value === null) return "none";
  return typeof value === "object" ? Object.values(value).join(",") : String(value);
}

function readingOf(name: string): Reading<unknown> | undefined {
  return Object.hasOwn(READINGS, name) ? READINGS[name as keyof Settings] : undefined;
}

function unknown(name: string): string {
  return `There is no setting "${name}"; there are ${Object.keys(READINGS).join(", ")}.`;
}

/** Reads `name=value` into the settings; answers a sentence when it is none. */
export function readSetting(text: string, into: Partial<Settings>): string | null {
  const cut = text.indexOf("=");
  const name = cut === -1 ? text : text.slice(0, cut);
  const reading = readingOf(name);
  if (reading === undefined) return `--setting ${name}: ${unknown(name)}`;
  const value = cut === -1 ? undefined : reading.read(text.slice(cut + 1));
  if (value === undefined) return `--setting ${name}=… takes ${reading.takes}.`;
  Object.assign(into, { [name]: value });
  return null;
}
