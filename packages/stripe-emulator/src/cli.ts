import { parseArgs } from "node:util";
import type { EmulatorOptions } from "./emulator.ts";

const HELP = `Stripe emulator: answers as Stripe's API does, for development and tests. It moves no money.

Usage: node cli.ts [options]

  --port N               port to listen on (default 4010; 0: any free one)
  --host ADDRESS         address to listen on (default 127.0.0.1)
  --forward-to URL       send every event to this webhook endpoint
  --webhook-secret TEXT  secret that signs them (whsec_…; default: made once, printed)
  --secret-key TEXT      accept only this API key (default: any sk_test_…)
  --data FILE            keep the state in this file (default: in memory only)
  --retry PROFILE        retries of failed deliveries: fast, test or live (default fast)
  --seed N               the same ids in every run
  --quiet                no line for each delivery
  --help                 this text
`;

/** Reads the flags; a sentence instead when one is wrong. */
function readFlags(args: string[]): EmulatorOptions | "help" | { problem: string } {
  let values: Record<string, string | boolean | undefined>;
  try {
    const text = { type: "string" } as const;
    const flags = {
      port: text,
      host: text,
      "forward-to": text,
      "webhook-secret": text,
      "secret-key": text,
      data: text,
      retry: text,
      seed: text,
    };
    ({ values } = parseArgs({
      args,
      options: { ...flags, quiet: { type: "boolean" }, help: { type: "boolean", short: "h" } },
    }));
  } catch (error) {
    return { problem: error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error) };
  }
  if (values["help"] === true) return "help";
  const options: EmulatorOptions = { port: 4010 };
  const problem = fill(options, values);
  return problem === null ? options : { problem };
}

function fill(options: EmulatorOptions, values: Record<string, string | boolean | undefined>): string | null {
  const { port, seed, retry, host, data } = values;
  const forwardTo = values["forward-to"];
  const secret = values["webhook-secret"];
  const key = values["secret-key"];
  if (port !== undefined && !(/^\d{1,5}$/.test(String(port)) && Number(port) < 65_536))
    return `--port must be a number from 0 to 65535, not "${port}".`;
  if (seed !== undefined && !/^\d+$/.test(String(seed)))
    return `--seed must be a whole number, not "${seed}".`;
  if (typeof forwardTo === "string" && !/^https?:\/\/./.test(forwardTo))
    return `--forward-to must be an http(s) address, not "${forwardTo}".`;
  if (typeof secret === "string" && !secret.startsWith("whsec_"))
    return "--webhook-secret must begin with whsec_.";
  if (retry !== undefined && retry !== "fast" && retry !== "test" && retry !== "live")
    return `--retry must be fast, test or live, not "${retry}".`;
  if (port !== undefined) options.port = Number(port);
  if (seed !== undefined) options.seed = Number(seed);
  if (retry !== undefined) options.retryProfile = retry;
  if (typeof host === "string") options.host = host;
  if (typeof data === "string") options.dataFile = data;
  if (typeof forwardTo === "string") options.forwardTo = forwardTo;
  if (typeof secret === "string") options.webhookSecret = secret;
  if (typeof key === "string") options.secretKey = key;
  if (values["quiet"] !== true) options.log = say;
  return null;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

function fail(line: string): never {
  process.stderr.write(`stripe-emulator: ${line}\n`);
  process.exit(1);
}

/** What went wrong at the start, in one line that says what to do. */
function startProblem(error: unknown, options: EmulatorOptions): string {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (code === "EADDRINUSE")
    return `Port ${options.port} is taken. Choose another with --port, or stop what listens there.`;
  if (code === "EACCES" || code === "EISDIR" || code === "ENOENT")
    return `Cannot use the data file ${options.dataFile}. Choose another with --data.`;
  return error instanceof Error ? error.message : String(error);
}

const options = readFlags(process.argv.slice(2));
if (options === "help") {
  process.stdout.write(HELP);
  process.exit(0);
}
if ("problem" in options) fail(`${options.problem} See --help.`);
// Loaded only now, so that help and a wrong flag are answered at once.
const { startEmulator } = await import("./start-emulator.ts");
const emulator = await startEmulator(options).catch((error: unknown) => fail(startProblem(error, options)));
say(`Stripe emulator (test mode) at ${emulator.url}`);
say(`  pages        ${emulator.url}/  (checkouts, events, test cards, clock)`);
say(`  events go to ${options.forwardTo ?? "nowhere yet: give --forward-to, or create a webhook endpoint"}`);
say(`  secret       ${options.webhookSecret === undefined ? emulator.webhookSecret : "as given"}`);
say(`  state        ${options.dataFile ?? "in memory only"}`);

let stopping = false;
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.on(signal, () => {
    if (stopping) return;
    stopping = true;
    emulator.close().then(
      () => process.exit(0),
      (error: unknown) => fail(String(error)),
    );
  });
}
