import { execFile, execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { type Emulator, startEmulator } from "@liveassist/stripe-emulator";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { asInGuide, readGuide, tableOfGuide, tableOfRouter } from "../examples/guide.ts";
import { follow } from "../examples/live-client.ts";
import { planOf } from "../examples/own-caller.ts";
import { beginTrial, connect } from "../examples/typed-client.ts";
import { BrowserUser } from "../support/browser-user.ts";
import { type StartedApp, startApp } from "../support/start-app.ts";

const SECRET = "whsec_guide";
const run = promisify(execFile);
let emulator: Emulator;
let server: StartedApp;
let folder: string;

beforeAll(async () => {
  emulator = await startEmulator({ seed: 1 });
  const clock = { now: () => emulator.clock.now(), wall: () => Date.now() };
  server = await startApp({ stripe: { url: emulator.url, secret: SECRET }, clock });
  folder = await mkdtemp(join(tmpdir(), "liveassist-guide-"));
});

afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
  await server.stop();
  await emulator.close();
});

const hasCurl = (): boolean => {
  try {
    execFileSync("curl", ["--version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
};

/** As a reader would, in a folder of their own, with this server where the guide says localhost:3000. */
async function inShell(command: string): Promise<unknown> {
  const { stdout } = await run("sh", ["-ec", command.replaceAll("http://localhost:3000", server.url)], {
    cwd: folder,
    env: {
      PATH: `${dirname(process.execPath)}:${process.env["PATH"]}`,
      STRIPE_WEBHOOK_SECRET: SECRET,
    },
  });
  return JSON.parse(stdout) as unknown;
}

const meanwhile: Record<string, () => Promise<unknown>> = {
  pay: async () => {
    const { sessionId } = JSON.parse(readFileSync(join(folder, "checkout.json"), "utf8")) as Record<
      string,
      string
    >;
    return emulator.completeCheckout(String(sessionId));
  },
  admin: () => server.database.sql`update users set role = 'admin' where email = 'ann@guide.example'`,
};

test.skipIf(!hasCurl())("every command of the guide answers what the guide shows", async () => {
  const steps = readGuide();
  expect(steps.filter((step) => step.kind === "run").length).toBeGreaterThan(10);
  for (const step of steps) {
    if (step.kind === "then") await meanwhile[step.what]?.();
    if (step.kind !== "run") continue;
    const real = await inShell(step.command);
    expect(asInGuide(real, step.answer), `docs/api.md:${step.line}`).toEqual(step.answer);
  }
});

test("the code in the guide is the code that is compiled and run here", async () => {
  const files = readGuide().filter((step) => step.kind === "file");
  expect(files.map(({ name }) => name)).toEqual(["typed-client.ts", "live-client.ts", "own-caller.ts"]);
  for (const { name, code } of files) {
    const path = fileURLToPath(new URL(`../examples/${name}`, import.meta.url));
    expect(code, name).toBe(readFileSync(path, "utf8"));
  }
  const user = await new BrowserUser(server.url).signUp("Ben");
  const heard: string[] = [];
  const close = follow(server.url, user.cookie, (plan) => heard.push(plan));
  const client = connect(server.url, user.cookie);
  const url = await beginTrial(client);
  expect(url).toContain(emulator.url);
  await emulator.completeCheckout(String(url?.split("/").at(-1)));
  await client.subscription.refresh.mutate();
  await vi.waitFor(() => expect(heard).toContain("trial"), 10_000);
  expect(await planOf(server.running.deps, user.id)).toBe("trial");
  expect(await beginTrial(client)).toBeNull();
  await close();
});

test("the guide's table names every procedure there is, as the router declares it", () => {
  expect(tableOfGuide()).toEqual(tableOfRouter());
});
