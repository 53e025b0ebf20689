import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import type { Sample } from "./memory/push-events.ts";

const PROGRAM = join(import.meta.dirname, "memory/push-events.ts");
const MEGABYTE = 1_000_000;

it("memory stays flat while a hundred thousand events go through", async () => {
  const { stdout } = await promisify(execFile)(process.execPath, ["--expose-gc", PROGRAM, "100000", "20000"]);
  const samples = JSON.parse(stdout) as Sample[];
  const said = samples.map(
    ({ events, heap, rows }) => `${events}: ${Math.round(heap / MEGABYTE)} MB, ${rows} kept`,
  );
  process.stdout.write(`memory: ${said.join("; ")}\n`);
  expect(samples.map(({ events }) => events >= 20_000)).not.toContain(false);
  const first = samples[0]?.heap ?? 0;
  for (const { heap } of samples) expect(heap - first).toBeLessThan(8 * MEGABYTE);
});
