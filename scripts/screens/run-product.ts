import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { freePort } from "../../packages/db/src/embedded.ts";
import { readKept } from "../start/data-folder.ts";

const START = resolve(import.meta.dirname, "../start.ts");

/** The product as it was started, with its data. */
export interface RunningProduct {
  readonly url: string;
  readonly dataDir: string;
  readonly emulatorUrl: () => string;
  /** Ends it, and removes the data after `andThen` had it. */
  readonly stop: (andThen?: () => void) => Promise<void>;
}

/** Starts the product as `npm start` does, on a free port with data of its own, without rate limits unless told otherwise. */
export async function runProduct(
  environment: Record<string, string> = { RATE_LIMITS: "off" },
): Promise<RunningProduct> {
  const port = await freePort();
  const dataDir = await mkdtemp(join(tmpdir(), "liveassist-screens-"));
  const env = { ...process.env, PORT: String(port), DATA_DIR: dataDir, ...environment };
  const child = spawn(process.execPath, [START], { env, stdio: ["ignore", "ignore", "inherit"] });
  const ended = new Promise<void>((done) => child.once("exit", () => done()));
  const url = `http://localhost:${port}`;
  const stop = async (andThen?: () => void) => {
    child.kill("SIGTERM");
    await ended;
    try {
      andThen?.();
    } finally {
      await rm(dataDir, { recursive: true, force: true });
    }
  };
  const isUp = () =>
    fetch(`${url}/readyz`).then(
      (answer) => answer.ok,
      () => false,
    );
  const deadline = Date.now() + 120_000;
  while (!(await isUp())) {
    if (child.exitCode !== null || Date.now() > deadline) {
      await stop();
      throw new Error("the product did not start; try npm start");
    }
    await new Promise((again) => setTimeout(again, 200));
  }
  const emulatorUrl = () => `http://127.0.0.1:${readKept(dataDir, "emulator-port")}`;
  return { url, dataDir, emulatorUrl, stop };
}
