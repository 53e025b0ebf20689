import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test, vi } from "vitest";
import { type FollowingClock, followClock } from "./clock.ts";
import { createLogger } from "./logger.ts";

const DAY = 86_400_000;
let ahead = 5 * DAY;
let answer = () => JSON.stringify({ now: Date.now() + ahead });
const lines: string[] = [];
const log = createLogger("info", { write: (line) => void lines.push(line) });
let clock: FollowingClock | undefined;
const server = createServer((_request, response) => response.end(answer()));

afterEach(() => {
  clock?.stop();
  server.closeAllConnections();
  server.close();
});

test("domain time follows the clock it is given and goes on without it; wall time never moves", async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  clock = await followClock(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`, log);
  const aheadNow = () => Math.round(((clock?.now() ?? 0) - (clock?.wall() ?? 0)) / DAY);
  expect(aheadNow()).toBe(5);
  expect(Math.abs(clock.wall() - Date.now())).toBeLessThan(1_000);
  ahead = 40 * DAY;
  await vi.waitFor(() => expect(aheadNow()).toBe(40), { timeout: 10_000 });
  answer = () => "{}";
  await vi.waitFor(() => expect(lines.join("")).toContain("does not answer"), { timeout: 10_000 });
  expect(aheadNow()).toBe(40);
});
