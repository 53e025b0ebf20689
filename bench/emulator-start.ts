import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { get } from "node:http";
import { fileURLToPath } from "node:url";
import type { Row } from "./report.ts";
import { interleave } from "./rounds.ts";
import { ratios, type Spread, spread } from "./statistics.ts";

const EMULATOR = fileURLToPath(new URL("../packages/stripe-emulator/src/cli.ts", import.meta.url));
const BUDGET_MS = 300;

/** The smallest server there is, saying where it listens as the emulator does. */
const BARE = `
  const server = require("node:http").createServer((request, response) => response.end("{}"));
  server.listen(0, "127.0.0.1", () => console.log("at http://127.0.0.1:" + server.address().port));
`;

/** How long the Stripe emulator's command takes from being started to its first answered request. */
export async function measureEmulatorStart(rounds: number): Promise<Row[]> {
  const pairs = await interleave(rounds, {
    real: () => firstAnswer([EMULATOR, "--port", "0", "--quiet"]),
    bare: () => firstAnswer(["-e", BARE]),
  });
  const real = spread(pairs.map((pair) => pair.real));
  const ratio = ratios(pairs);
  return [
    {
      what: "Stripe emulator: start → first answer",
      real: said(real),
      bare: said(spread(pairs.map((pair) => pair.bare))),
      ratio: `${ratio.median.toFixed(2)}× (${ratio.low.toFixed(2)}–${ratio.high.toFixed(2)})`,
      budget: `≤ ${BUDGET_MS} ms`,
      kept: real.median <= BUDGET_MS,
    },
  ];
}

const said = ({ median, low, high }: Spread): string =>
  `${median.toFixed(0)} (${low.toFixed(0)}–${high.toFixed(0)}) ms`;

async function firstAnswer(args: string[]): Promise<number> {
  const started = performance.now();
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
  const exited = once(child, "exit");
  const url = await Promise.race([listening(child), exited.then(() => null)]);
  if (url === null) throw new Error(`${args.join(" ")} ended before it listened`);
  await answered(`${url}/v1/customers`);
  const took = performance.now() - started;
  child.kill("SIGTERM");
  await exited;
  return took;
}

function listening(child: ChildProcess): Promise<string> {
  let text = "";
  return new Promise((resolve) => {
    child.stdout?.on("data", (chunk) => {
      text += chunk;
      const url = /at (http:\/\/127\.0\.0\.1:\d+)/.exec(text)?.[1];
      if (url !== undefined) resolve(url);
    });
  });
}

function answered(url: string): Promise<void> {
  const headers = { authorization: "Bearer sk_test_bench" };
  return new Promise((resolve, reject) => {
    get(url, { headers }, (response) => {
      response.resume();
      response.on("end", () => {
        if (response.statusCode === 200) resolve();
        else reject(new Error(`the emulator answered ${response.statusCode}`));
      });
    }).on("error", reject);
  });
}
