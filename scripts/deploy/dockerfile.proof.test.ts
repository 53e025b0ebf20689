import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, chown, mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, onTestFinished, test, vi } from "vitest";
import { freePort } from "../../packages/db/src/embedded.ts";
import { createTestDatabase } from "../../packages/db/src/testing.ts";
import { startEmulator } from "../../packages/stripe-emulator/src/index.ts";
import { playDockerfile } from "./play-dockerfile.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
/** Never the blocking one: the emulator answers from this very process. */
const run = promisify(execFile);
const NOBODY = 65534;
const isRoot = process.getuid?.() === 0;

test("what the Dockerfile says, done in a clean folder: it serves, as an ordinary user, and stops when told", async () => {
  const folder = await mkdtemp(join(tmpdir(), "liveassist-image-"));
  await chmod(folder, 0o755);
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const image = await playDockerfile(ROOT, folder);
  const dataDir = join(image.root, image.environment["DATA_DIR"] ?? "");
  if (isRoot) await chown(dataDir, NOBODY, NOBODY);

  const database = await createTestDatabase();
  onTestFinished(() => database.close());
  const emulator = await startEmulator({ seed: 1 });
  onTestFinished(() => emulator.close());
  const port = await freePort();
  const env = {
    ...image.environment,
    PATH: process.env["PATH"] ?? "",
    HOST: "127.0.0.1",
    PORT: String(port),
    DATA_DIR: dataDir,
    DATABASE_URL: database.url,
    STRIPE_SECRET_KEY: "sk_test_image",
    STRIPE_WEBHOOK_SECRET: "whsec_image",
    STRIPE_API_BASE: emulator.url,
  };
  const as = isRoot ? { uid: NOBODY, gid: NOBODY } : {};
  const [, ...args] = JSON.parse(image.says("CMD")) as string[];
  const options = { cwd: image.workDir, env, ...as };
  const server = spawn(process.execPath, args, { ...options, stdio: ["ignore", "ignore", "pipe"] });
  onTestFinished(() => void server.kill("SIGKILL"));
  let said = "";
  server.stderr.setEncoding("utf8").on("data", (text: string) => {
    said += text;
  });
  const exit = once(server, "close");

  const answer = (path: string) => fetch(`http://127.0.0.1:${port}${path}`);
  await vi.waitFor(
    async () => {
      if (server.exitCode !== null) throw new Error(`it ended: ${said}`);
      expect((await answer("/readyz")).status).toBe(200);
    },
    { timeout: 60_000, interval: 200 },
  );
  expect(await (await answer("/")).text()).toContain("<!doctype html>");
  const script = /src="(\/assets\/[^"]+\.js)"/.exec(await (await answer("/")).text())?.[1] ?? "/none";
  expect((await answer(script)).headers.get("content-type")).toMatch(/javascript/);
  if (isRoot) expect((await stat(join(dataDir, "files"))).uid).toBe(NOBODY);

  const [, check = ""] = /CMD (.*)$/.exec(image.says("HEALTHCHECK")) ?? [];
  await run("/bin/sh", ["-c", check], options);
  const walked = await run(process.execPath, ["scripts/reconcile.ts"], options);
  expect(walked.stdout).toMatch(/^Walk \d+ is done/);

  server.kill(image.says("STOPSIGNAL") as NodeJS.Signals);
  expect(await exit).toEqual([0, null]);
}, 1_200_000);
