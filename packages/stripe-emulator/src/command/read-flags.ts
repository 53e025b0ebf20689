import { parseArgs } from "node:util";
import type { EmulatorOptions } from "../emulator.ts";
import type { Settings } from "../settings.ts";
import { wrongOption } from "./check-options.ts";
import { readSetting } from "./read-setting.ts";

export const HELP = `Stripe emulator: answers as Stripe's API does, for development and tests. It moves no money.

Usage: stripe-emulator [options]      (or: node src/cli.ts [options])

  --port N               port to listen on (default 4010; 0: any free one)
  --host ADDRESS         address to listen on (default 127.0.0.1)
  --forward-to URL       send every event to this webhook endpoint; may be given several times
  --webhook-secret TEXT  secret that signs them (whsec_…; default: made once, printed)
  --api-version VERSION  API version in which they are sent (default: that of the official SDK)
  --secret-key TEXT      accept only this API key (default: any sk_test_…)
  --data FILE            keep the state in this file (default: in memory only)
  --retry PROFILE        retries of failed deliveries: fast, test or live (default fast)
  --seed N               the same ids and draws in every run
  --setting NAME=VALUE   what Stripe leaves open, see the README; may be given several times
  --quiet                no line for each delivery
  --help                 this text
`;

const TEXT = { type: "string" } as const;
const TEXTS = { type: "string", multiple: true } as const;
const FLAGS = {
  port: TEXT,
  host: TEXT,
  "forward-to": TEXTS,
  "webhook-secret": TEXT,
  "api-version": TEXT,
  "secret-key": TEXT,
  data: TEXT,
  retry: TEXT,
  seed: TEXT,
  setting: TEXTS,
  quiet: { type: "boolean" },
  help: { type: "boolean", short: "h" },
} as const;

type Values = ReturnType<typeof parse>;

/** Reads the flags; a sentence instead when one is wrong. `log` gets a line per delivery unless they say quiet. */
export function readFlags(
  args: string[],
  log: (line: string) => void,
): EmulatorOptions | "help" | { problem: string } {
  let values: Values;
  try {
    values = parse(args);
  } catch (error) {
    const [said = ""] = (error instanceof Error ? error.message : String(error)).split("\n");
    return { problem: said.endsWith(".") ? said : `${said}.` };
  }
  if (values.help === true) return "help";
  const settings: Partial<Settings> = {};
  const options = optionsOf(values);
  const problem = problemOf(options, values) ?? readSettings(values.setting ?? [], settings);
  if (problem !== null) return { problem };
  return { ...options, settings, ...(values.quiet !== true && { log }) };
}

function parse(args: string[]) {
  return parseArgs({ args, options: FLAGS }).values;
}

function readSettings(texts: readonly string[], into: Partial<Settings>): string | null {
  for (const text of texts) {
    const problem = readSetting(text, into);
    if (problem !== null) return problem;
  }
  return null;
}

/** How the command writes the options that it checks. */
const FLAG_OF = {
  port: "port",
  host: "host",
  dataFile: "data",
  seed: "seed",
  forwardTo: "forward-to",
  forwardApiVersion: "api-version",
  webhookSecret: "webhook-secret",
  secretKey: "secret-key",
  retryProfile: "retry",
} as const;

function problemOf(options: EmulatorOptions, values: Values): string | null {
  // Any secret can sign; on a command line one without Stripe's mark is most likely something else's.
  if (options.webhookSecret?.startsWith("whsec_") === false)
    return "--webhook-secret must begin with whsec_.";
  const wrong = wrongOption(options);
  if (wrong === null) return null;
  const flag = FLAG_OF[wrong.option as keyof typeof FLAG_OF];
  const given = flag === "secret-key" ? "" : `, not "${[values[flag]].flat().join('", "')}"`;
  return `--${flag} must ${wrong.must}${given}.`;
}

function optionsOf(values: Values): EmulatorOptions {
  const { port = "4010", seed, retry, host, data } = values;
  const given: { [K in keyof EmulatorOptions]: EmulatorOptions[K] | undefined } = {
    port: wholeNumber(port),
    seed: seed === undefined ? undefined : wholeNumber(seed),
    retryProfile: retry as EmulatorOptions["retryProfile"],
    host,
    dataFile: data,
    forwardTo: values["forward-to"],
    forwardApiVersion: values["api-version"],
    webhookSecret: values["webhook-secret"],
    secretKey: values["secret-key"],
  };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}

/** NaN, which no option can be, for everything that is not written in digits. */
function wholeNumber(text: string): number {
  return /^\d+$/.test(text) ? Number(text) : Number.NaN;
}
