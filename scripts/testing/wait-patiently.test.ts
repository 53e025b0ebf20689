import { expect, test, vi } from "vitest";

test("a condition has more than Vitest's second, unless a test gives it less", async () => {
  const began = performance.now();
  const elapsed = () => performance.now() - began;
  await vi.waitFor(() => expect(elapsed()).toBeGreaterThan(1_200));
  const polled = elapsed();
  await expect.poll(() => elapsed() - polled).toBeGreaterThan(1_200);
  for (const options of [50, { timeout: 50 }])
    await expect(vi.waitFor(() => expect(elapsed()).toBeLessThan(0), options)).rejects.toThrow("to be less");
  expect(elapsed()).toBeLessThan(4_900);
});
