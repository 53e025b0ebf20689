import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync, utimesSync } from "node:fs";
import { delimiter, join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { afterAll, expect, onTestFinished, test, vi } from "vitest";
import { findRunningPostgres, startEmbeddedPostgres } from "../packages/db/src/embedded.ts";
import { DEMO_PASSWORD } from "./start/demo-accounts.ts";
import { ownCopy, runScript, startAll } from "./start/test/started.ts";
import { temporaryFolder } from "./start/test/temporary-folder.ts";

const folder = temporaryFolder();
const copy = await ownCopy(join(folder.path, "data"));
const address = `http://localhost:${copy.PORT}`;
const root = fileURLToPath(new URL("..", import.meta.url));
afterAll(async () => {
  const postgres = await startEmbeddedPostgres({ dataDir: join(copy.DATA_DIR, "postgres") });
  await postgres.stop();
  await folder.remove();
});

/** Processes of this copy, by the environment they were started with or the folder they work on. */
function processesLeft(): string[] {
  const all = execFileSync("ps", ["-eww", "-o", "pid=,args="], { encoding: "utf8" }).split("\n");
  return all.filter((line) => line.includes(folder.path) && !line.includes("vitest"));
}

/**
 * npm may need what a machine sets for it, such as certificates; only what npm itself set is left out. That is also the way to
 * the project's own node: npm reads the machine's settings from beside the node that runs it.
 */
function environmentOfAPerson(): NodeJS.ProcessEnv {
  const machine = Object.entries(process.env).filter(([name]) => !name.startsWith("npm_"));
  const folders = process.env.PATH?.split(delimiter).filter((path) => !path.includes("node_modules")) ?? [];
  return { ...Object.fromEntries(machine), PATH: folders.join(delimiter) };
}

const canSignIn = async (email: string) => {
  const response = await fetch(`${address}/api/auth/sign-in/email`, {
    method: "POST",
    headers: { "content-type": "application/json", origin: address },
    body: JSON.stringify({ email, password: DEMO_PASSWORD }),
  });
  return response.status;
};

test("a start killed at any moment is completed by the next", async () => {
  for (const afterMs of [50, 250, 500, 900, 1300, 1700, 2200, 2800, 3500]) {
    const killed = runScript("start.ts", [], copy);
    await Promise.race([pause(afterMs), killed.exit]);
    killed.child.kill("SIGKILL");
    await killed.exit;
  }
  const started = await startAll(copy);
  for (const email of ["anna@example.com", "bo@example.com", "admin@example.com"]) {
    expect(await canSignIn(email)).toBe(200);
  }
  started.child.kill("SIGTERM");
  expect(await started.exit).toBe(0);
}, 180_000);

test("a kill of the launcher takes the server with it, and the next start recovers", async () => {
  const first = await startAll(copy);
  first.child.kill("SIGKILL");
  await first.exit;
  await vi.waitFor(() => expect(fetch(address)).rejects.toThrow(), 15_000);
  const second = await startAll(copy);
  expect(await canSignIn("anna@example.com")).toBe(200);
  second.child.kill("SIGTERM");
  expect(await second.exit).toBe(0);
  expect(processesLeft()).toEqual([]);
}, 60_000);

test("a kill of Postgres ends everything with one line, and the next start recovers", async () => {
  const first = await startAll(copy);
  const running = await startEmbeddedPostgres({ dataDir: join(copy.DATA_DIR, "postgres") });
  process.kill(running.pid, "SIGKILL");
  expect(await first.exit).toBe(1);
  expect(first.errors()).toContain("The database ended by itself");
  expect(await findRunningPostgres(join(copy.DATA_DIR, "postgres"))).toBeNull();
  const second = await startAll(copy);
  expect(await canSignIn("bo@example.com")).toBe(200);
  second.child.kill("SIGTERM");
  expect(await second.exit).toBe(0);
}, 60_000);

test.each(["SIGTERM", "SIGKILL"] as const)(
  "%s to npm, which passes nothing on, stops all of it",
  async (signal) => {
    const npm = spawn("npm", ["start"], {
      cwd: root,
      env: { ...environmentOfAPerson(), ...copy },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let output = "";
    npm.stdout.on("data", (chunk) => {
      output += chunk;
    });
    onTestFinished(() => void npm.kill("SIGTERM"));
    await vi.waitFor(() => expect(output).toContain("LiveAssist is running"), 60_000);
    npm.kill(signal);
    await once(npm, "exit");
    await vi.waitFor(() => expect(fetch(address)).rejects.toThrow(), 15_000);
    await vi.waitFor(() => expect(processesLeft()).toEqual([]), 15_000);
  },
  120_000,
);

test("an npm that was gone before we could look at it counts as gone", async () => {
  const { PATH = "", HOME = "" } = process.env;
  const command = `"${process.execPath}" scripts/start.ts > "${folder.path}/output" 2>&1 &`;
  const environment = { PATH, HOME, ...copy, npm_lifecycle_event: "start" };
  const shell = spawn("/bin/sh", ["-c", command], { cwd: root, env: environment, stdio: "ignore" });
  await once(shell, "exit");
  await vi.waitFor(() => expect(readFileSync(`${folder.path}/output`, "utf8")).toContain("Stopping"), 10_000);
  await vi.waitFor(() => expect(processesLeft()).toEqual([]), 15_000);
}, 60_000);

test("in development the page comes with hot reload, and calls reach the server through the same address", async () => {
  const started = await startAll(copy, ["--dev"]);
  expect(await (await fetch(address)).text()).toContain("/@vite/client");
  expect((await fetch(`${address}/healthz`)).status).toBe(200);
  expect(await canSignIn("anna@example.com")).toBe(200);

  const now = new Date();
  utimesSync(join(root, "apps/server/src/main.ts"), now, now);
  await vi.waitFor(
    () => expect(started.output()).toContain("main.ts changed, starting the server anew"),
    5000,
  );
  await vi.waitFor(async () => expect((await fetch(`${address}/healthz`)).status).toBe(200), 15_000);
  started.child.kill("SIGINT");
  expect(await started.exit).toBe(0);
  await expect(fetch(address)).rejects.toThrow();
}, 60_000);
