import { expect, test } from "vitest";
import { createRateLimiter } from "./rate-limiter.ts";

test("confirm and refresh are 10 a minute for each user, each counted by itself", async () => {
  const rates = createRateLimiter("on");
  for (let turn = 0; turn < 10; turn++) expect(await rates.take("confirm", "user_1")).toBeNull();
  const wait = await rates.take("confirm", "user_1");
  expect(wait).toBeGreaterThanOrEqual(1);
  expect(wait).toBeLessThanOrEqual(60);
  expect(await rates.take("refresh", "user_1")).toBeNull();
  expect(await rates.take("confirm", "user_2")).toBeNull();
});

test("switched off, everything passes", async () => {
  const rates = createRateLimiter("off");
  for (let turn = 0; turn < 50; turn++) expect(await rates.take("sign-in", "127.0.0.1")).toBeNull();
});
