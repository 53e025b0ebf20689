import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

const require = createRequire(import.meta.url);
const SHIM = require.resolve("@stripe/cli/bin/shim.js");
const PLATFORMS = JSON.parse(readFileSync(join(dirname(SHIM), "../platforms.json"), "utf8")) as object;

/** What the CLI said, and how it ended. */
export interface Said {
  code: number;
  out: string;
}

/** Stripe's own command line, with a home of its own and no way to any network but this machine. */
export interface Cli {
  (...args: string[]): Promise<Said>;
  close(): Promise<void>;
}

/** Whether Stripe builds its CLI for this machine. */
export const isCliThere = `${process.platform}-${process.arch}` in PLATFORMS;

/** Prepares the CLI of the package `@stripe/cli`. */
export async function prepareCli(): Promise<Cli> {
  const home = await mkdtemp(join(tmpdir(), "stripe-cli-"));
  // A proxy that is not there: what goes anywhere but to this machine fails at once, and would show.
  const nowhere = "http://127.0.0.1:9";
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith("STRIPE_"));
  const env = {
    ...Object.fromEntries(inherited),
    HOME: home,
    USERPROFILE: home,
    XDG_CONFIG_HOME: home,
    STRIPE_CLI_TELEMETRY_OPTOUT: "1",
    HTTPS_PROXY: nowhere,
    https_proxy: nowhere,
    NO_PROXY: "127.0.0.1",
    no_proxy: "127.0.0.1",
  };
  const run = (...args: string[]) =>
    new Promise<Said>((resolve) => {
      const child = execFile(process.execPath, [SHIM, ...args], { env }, (error, stdout, stderr) => {
        const code = error === null ? 0 : typeof error.code === "number" ? error.code : 1;
        resolve({ code, out: `${stdout}${stderr}` });
      });
      child.stdin?.end();
    });
  return Object.assign(run, { close: () => rm(home, { recursive: true, force: true }) });
}
