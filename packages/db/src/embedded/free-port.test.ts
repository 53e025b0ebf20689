import { once } from "node:events";
import { createServer } from "node:net";
import { afterEach, expect, test, vi } from "vitest";
import { freePort } from "./free-port.ts";

afterEach(() => vi.restoreAllMocks());

test("a port that somebody listens on is passed over", async () => {
  const taken = createServer().listen(await freePort(), "127.0.0.1");
  await once(taken, "listening");
  const { port } = taken.address() as { port: number };
  const draw = (port - 20_000) / 12_000 + 1e-9;
  vi.spyOn(Math, "random").mockReturnValueOnce(draw).mockReturnValueOnce(0.5);
  const found = await freePort();
  expect(vi.mocked(Math.random).mock.calls.length).toBeGreaterThanOrEqual(2);
  expect(found).not.toBe(port);
  await new Promise((closed) => taken.close(closed));
});

test("no port is one that a system hands out by itself", async () => {
  vi.spyOn(Math, "random").mockReturnValueOnce(0.999_999);
  expect(await freePort()).toBeLessThan(32_768);
});
