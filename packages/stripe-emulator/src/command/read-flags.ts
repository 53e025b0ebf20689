import { parseArgs } from "node:util";
import { API_VERSIONS } from "../delivery/api-versions.ts";
import type { EmulatorOptions } from "../emulator.ts";
import type { Settings } from "../settings.ts";
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
    return { problem: error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error) };
  }
  if (values.help === true) return "help";
  const settings: Partial<Settings> = {};
  const problem = problemOf(values) ?? readSettings(values.setting ?? [], settings);
  if (problem !== null) return { problem };
  const options = optionsOf(values);
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

function problemOf(values: Values): string | null {
  const { port, seed, retry, host, data } = values;
  const version = values["api-version"];
  const badUrl = values["forward-to"]?.find((url) => !/^https?:\/\/./.test(url) || !URL.canParse(url));
  if (port !== undefined && !(/^\d{1,5}$/.test(port) && Number(port) < 65_536))
    return `--port must be a number from 0 to 65535, not "${port}".`;
  if (seed !== undefined && !(/^\d+$/.test(seed) && Number.isSafeInteger(Number(seed))))
    return `--seed must be a whole number, not "${seed}".`;
  if (badUrl !== undefined) return `--forward-to must be an http(s) address, not "${badUrl}".`;
  if (values["webhook-secret"]?.startsWith("whsec_") === false)
    return "--webhook-secret must begin with whsec_.";
  if (version !== undefined && !API_VERSIONS.includes(version))
    return `--api-version must be a version of Stripe's API like ${API_VERSIONS.at(-1)}, not "${version}".`;
  if (retry !== undefined && retryOf(retry) === undefined)
    return `--retry must be fast, test or live, not "${retry}".`;
  if (host === "") return "--host must not be empty.";
  if (data === "") return "--data must be a file.";
  return null;
}

function optionsOf(values: Values): EmulatorOptions {
  const { port = "4010", seed, retry, host, data } = values;
  const given: { [K in keyof EmulatorOptions]: EmulatorOptions[K] | undefined } = {
    port: Number(port),
    seed: seed === undefined ? undefined : Number(seed),
    retryProfile: retryOf(retry),
    host,
    dataFile: data,
    forwardTo: values["forward-to"],
    forwardApiVersion: values["api-version"],
    webhookSecret: values["webhook-secret"],
    secretKey: values["secret-key"],
  };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}

function retryOf(text: string | undefined): EmulatorOptions["retryProfile"] | undefined {
  return (["fast", "test", "live"] as const).find((profile) => profile === text);
}
