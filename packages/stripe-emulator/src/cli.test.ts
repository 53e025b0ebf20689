import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { createServer as createHttpServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
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
  return listen(spawn(process.execPath, [CLI, ...args], { stdio: ["ignore", "pipe", "pipe"] }));
}

/** As a package manager's link runs it: the file itself, by its first line. */
function spawnProgram(program: string, ...args: string[]): Run {
  const env = { ...process.env, PATH: `${dirname(process.execPath)}${delimiter}${process.env["PATH"]}` };
  return listen(spawn(program, args, { stdio: ["ignore", "pipe", "pipe"], env }));
}

function listen(child: ChildProcess): Run {
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

  it("says an error of its own though it is quiet", async () => {
    const data = join(folder, "shared.jsonl");
    const first = run("--port", "0", "--data", data, "--quiet");
    const stripe = sdkFor(await portOf(first));
    const second = run("--port", "0", "--data", data, "--quiet");
    await portOf(second);
    await expect(stripe.customers.create({})).rejects.toMatchObject({
      statusCode: 500,
      type: "StripeAPIError",
    });
    await first.until(/internal error: .*was opened by another emulator/);
    expect(second.said()).not.toContain("error");
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

describe("the command as a program of a package", () => {
  it("runs under its own name, linked from elsewhere, with its events at several places", async () => {
    const arrived: string[] = [];
    const hooks = await Promise.all(
      ["one", "two"].map(async (name) => {
        const hook = createHttpServer((request, response) => {
          let body = "";
          request.on("data", (chunk) => {
            body += chunk;
          });
          request.on("end", () => {
            arrived.push(`${name} ${(JSON.parse(body) as { api_version: string }).api_version}`);
            response.end();
          });
        }).listen(0, "127.0.0.1");
        await new Promise((resolve) => hook.once("listening", resolve));
        return hook;
      }),
    );
    const targets = hooks.flatMap((hook) => [
      "--forward-to",
      `http://127.0.0.1:${(hook.address() as AddressInfo).port}/`,
    ]);
    const link = join(folder, "stripe-emulator");
    symlinkSync(CLI, link);
    const cli = spawnProgram(link, "--port", "0", "--api-version", "2024-06-20", ...targets);
    await sdkFor(await portOf(cli)).customers.create({});
    await expect.poll(() => arrived.toSorted()).toEqual(["one 2024-06-20", "two 2024-06-20"]);
    cli.child.kill("SIGTERM");
    expect(await cli.ended).toBe(0);
    await Promise.all(hooks.map((hook) => new Promise((resolve) => hook.close(resolve))));
  });

  it("says in one line that an address is not this machine's", async () => {
    const cli = run("--port", "0", "--host", "192.0.2.1");
    expect(await cli.ended).toBe(1);
    expect(cli.said()).toMatch(/^stripe-emulator: This machine has no address 192\.0\.2\.1\..*\n$/);
  });
});
