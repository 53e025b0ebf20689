import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { sdkFor } from "../test/shop.ts";

const CLI = fileURLToPath(new URL("./cli.ts", import.meta.url));
const running: ChildProcess[] = [];
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "emulator-cli-"));
});
afterEach(() => {
  for (const child of running.splice(0)) child.kill("SIGKILL");
});
afterAll(() => rmSync(folder, { recursive: true }));

interface Run {
  child: ChildProcess;
  /** Everything it said, standard output and error. */
  said(): string;
  until(pattern: RegExp): Promise<RegExpExecArray>;
  ended: Promise<number | null>;
}

function run(...args: string[]): Run {
  const child = spawn(process.execPath, [CLI, ...args], { stdio: ["ignore", "pipe", "pipe"] });
  running.push(child);
  let text = "";
  const waiting: (() => void)[] = [];
  const hear = (chunk: Buffer) => {
    text += chunk.toString();
    for (const look of waiting) look();
  };
  child.stdout?.on("data", hear);
  child.stderr?.on("data", hear);
  const ended = new Promise<number | null>((resolve) => child.on("close", (code) => resolve(code)));
  return {
    child,
    ended,
    said: () => text,
    until: (pattern) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const match = pattern.exec(text);
          if (match !== null) resolve(match);
        };
        waiting.push(look);
        void ended.then(() => reject(new Error(`ended before saying ${pattern}: ${text}`)));
        look();
      }),
  };
}

const portOf = async (cli: Run) => Number((await cli.until(/at http:\/\/127\.0\.0\.1:(\d+)/))[1]);

describe("the emulator as a command", () => {
  it("explains itself", async () => {
    const help = run("--help");
    expect(await help.ended).toBe(0);
    expect(help.said()).toContain("--forward-to URL");
  });

  it.each([
    [["--port", "many"], "--port must be a number"],
    [["--nonsense"], "--nonsense"],
    [["--forward-to", "shop"], "--forward-to must be an http(s) address"],
    [["--webhook-secret", "abc"], "must begin with whsec_"],
    [["--retry", "never"], "fast, test or live"],
  ])("refuses %s in one line", async (args, sentence) => {
    const cli = run(...args);
    expect(await cli.ended).toBe(1);
    expect(cli.said()).toContain(sentence);
    expect(cli.said().trim().split("\n")).toHaveLength(1);
  });

  it("says in one line that a port is taken", async () => {
    const server = createServer().listen(0, "127.0.0.1");
    await new Promise((resolve) => server.once("listening", resolve));
    const cli = run("--port", String((server.address() as AddressInfo).port));
    expect(await cli.ended).toBe(1);
    expect(cli.said()).toMatch(/^stripe-emulator: Port \d+ is taken\..*\n$/);
    await new Promise((resolve) => server.close(resolve));
  });

  it("keeps its state through a stop and through a kill, and stops cleanly", async () => {
    const data = join(folder, "state.jsonl");
    const first = run("--port", "0", "--data", data);
    const { id } = await sdkFor(await portOf(first)).customers.create({ name: "kept" });
    first.child.kill("SIGTERM");
    expect(await first.ended).toBe(0);
    const second = run("--port", "0", "--data", data);
    const stripe = sdkFor(await portOf(second));
    expect(await stripe.customers.retrieve(id)).toMatchObject({ name: "kept" });
    const { id: last } = await stripe.customers.create({ name: "answered, then killed" });
    second.child.kill("SIGKILL");
    await second.ended;
    const third = run("--port", "0", "--data", data);
    expect(await sdkFor(await portOf(third)).customers.retrieve(last)).toMatchObject({ id: last });
    third.child.kill("SIGINT");
    expect(await third.ended).toBe(0);
  });
});
