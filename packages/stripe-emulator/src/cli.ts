#!/usr/bin/env node
import { enableCompileCache, flushCompileCache } from "node:module";
import { HELP, readFlags } from "./command/read-flags.ts";
import type { EmulatorOptions } from "./emulator.ts";

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
  if (code === "EADDRNOTAVAIL" || code === "ENOTFOUND")
    return `This machine has no address ${options.host}. Choose another with --host.`;
  if (code === "EACCES" || code === "EISDIR" || code === "ENOENT" || code === "ENOTDIR")
    return `Cannot use the data file ${options.dataFile}. Choose another with --data.`;
  return error instanceof Error ? error.message : String(error);
}

const options = readFlags(process.argv.slice(2), say);
if (options === "help") {
  process.stdout.write(HELP);
  process.exit(0);
}
if ("problem" in options) fail(`${options.problem} See --help.`);
// Compiling some 300 modules takes longer than all else, so what was compiled is kept for the next start; and they are
// loaded only now, so that help and a wrong flag are answered at once.
enableCompileCache();
const { startEmulator } = await import("./start-emulator.ts");
const emulator = await startEmulator(options).catch((error: unknown) => fail(startProblem(error, options)));
const targets = [options.forwardTo ?? []].flat();
say(`Stripe emulator (test mode) at ${emulator.url}`);
say(`  pages        ${emulator.url}/  (checkouts, events, test cards, clock)`);
say(`  events go to ${targets.join(", ") || "nowhere yet: give --forward-to, or create a webhook endpoint"}`);
say(`  secret       ${options.webhookSecret === undefined ? emulator.webhookSecret : "as given"}`);
say(`  state        ${options.dataFile ?? "in memory only"}`);
// Not at once: what the first calls compile is kept, too. A killed emulator keeps nothing that is younger.
setTimeout(flushCompileCache, 1_000).unref();

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
