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
    const all = text.split(",").map(number.read);
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

/** Reads `name=value` into the settings; answers a sentence when it is none. */
export function readSetting(text: string, into: Partial<Settings>): string | null {
  const cut = text.indexOf("=");
  const name = cut === -1 ? text : text.slice(0, cut);
  if (!Object.hasOwn(READINGS, name))
    return `--setting knows no "${name}"; it knows ${Object.keys(READINGS).join(", ")}.`;
  const { read, takes }: Reading<unknown> = READINGS[name as keyof Settings];
  const value = cut === -1 ? undefined : read(text.slice(cut + 1));
  if (value === undefined) return `--setting ${name}=… takes ${takes}.`;
  Object.assign(into, { [name]: value });
  return null;
}
