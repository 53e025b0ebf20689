import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, it } from "vitest";
import { startEmulator } from "../src/index.ts";
import { sdkFor } from "./shop.ts";

const CLI = join(import.meta.dirname, "../src/cli.ts");

/** What a start loads costs its time, whatever the machine. These are many and large, and nothing at the start needs them. */
const NEVER = [/\/ajv\//, /fast-json-stringify\/index/, /\/stripe\/(esm|cjs)\//, /fast-check/, /oxc-parser/];

/** Fastify and what it loads; another dependency of its size is a slower start. */
const FOREIGN_MODULES = 170;

/** Loads are counted by a module that is loaded before all others, and told when the process is stopped. */
const COUNT = `
  const { registerHooks } = process.getBuiltinModule("node:module");
  const loaded = [];
  registerHooks({ load(url, context, next) { loaded.push(url); return next(url, context); } });
  process.on("exit", () => process.stderr.write(JSON.stringify({
    loaded, undici: process.moduleLoadList.filter((name) => name.includes("undici/undici")),
  })));
`;

it("a start loads few modules, none that it does not need, and keeps what was compiled", async () => {
  const folder = mkdtempSync(join(tmpdir(), "emulator-start-"));
  const preload = `data:text/javascript,${encodeURIComponent(COUNT)}`;
  const child = spawn(process.execPath, ["--import", preload, CLI, "--port", "0"], {
    env: { ...process.env, NODE_COMPILE_CACHE: join(folder, "cache") },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let told = "";
  child.stderr.on("data", (chunk) => {
    told += chunk;
  });
  const said = new Promise<string>((resolve) => child.stdout.once("data", (chunk) => resolve(String(chunk))));
  const ended = new Promise((resolve) => child.once("close", resolve));
  const [, port] = /127\.0\.0\.1:(\d+)/.exec(await said) ?? [];
  await sdkFor(Number(port)).customers.list();
  child.kill("SIGTERM");
  await ended;
  const { loaded, undici } = JSON.parse(told) as { loaded: string[]; undici: string[] };
  expect(loaded).toContain(pathToFileURL(join(CLI, "../server.ts")).href);
  for (const pattern of NEVER) expect(loaded.filter((url) => pattern.test(url))).toEqual([]);
  expect(undici).toEqual([]);
  expect(loaded.filter((url) => url.includes("/node_modules/")).length).toBeLessThan(FOREIGN_MODULES);
  expect(readdirSync(join(folder, "cache"))).not.toEqual([]);
  rmSync(folder, { recursive: true });
});

it("twenty emulators at once know nothing of each other", async () => {
  const emulators = await Promise.all(Array.from({ length: 20 }, () => startEmulator({ seed: 1 })));
  expect(new Set(emulators.map(({ port }) => port)).size).toBe(20);
  const made = await Promise.all(
    emulators.map(({ port }, at) => sdkFor(port).customers.create({ name: `customer of ${at}` })),
  );
  expect(new Set(made.map(({ id }) => id)).size).toBe(1); // the same seed, the same id
  await emulators[3]?.clock.advance(1_000_000);
  emulators[4]?.reset();
  for (const [at, emulator] of emulators.entries()) {
    const names = (await sdkFor(emulator.port).customers.list()).data.map(({ name }) => name);
    expect(names).toEqual(at === 4 ? [] : [`customer of ${at}`]);
    expect(Math.abs(emulator.clock.now() - Date.now()) > 900_000).toBe(at === 3);
  }
  await Promise.all(emulators.map((emulator) => emulator.close()));
});
