import { expect, test } from "vitest";
import { createMetrics } from "./metrics.ts";

test("types of events that we do not know are one series, whoever makes them up", async () => {
  const metrics = createMetrics();
  for (let n = 0; n < 100; n++) metrics.count("liveassist_dead_letters_total", { type: `made.up.${n}` });
  metrics.count("liveassist_dead_letters_total", { type: "invoice.paid" });
  const text = await metrics.read();
  expect(text).toContain('liveassist_dead_letters_total{type="other"} 100');
  expect(text).toContain('liveassist_dead_letters_total{type="invoice.paid"} 1');
  expect(text).not.toContain("made.up");
});

test("what has not happened yet is there at 0, so that its first time is seen", async () => {
  const text = await createMetrics().read();
  expect(text).toContain('liveassist_webhook_requests_total{outcome="failed"} 0');
  expect(text).toContain('liveassist_replies_total{outcome="failed",failure="away"} 0');
  expect(text).toContain('liveassist_stripe_requests_total{outcome="unavailable"} 0');
});

test("what is not known is not a number, which no rule finds above its threshold", async () => {
  const metrics = createMetrics();
  metrics.set("liveassist_indicator", Number.NaN, { name: "ai_errors" });
  expect(await metrics.read()).toMatch(/liveassist_indicator\{name="ai_errors"\} nan/i);
});

test("each server has its own, with those of its process", async () => {
  const [one, other] = [createMetrics(), createMetrics()];
  one.count("liveassist_pushes_total");
  expect(await one.read()).toContain("liveassist_pushes_total 1");
  expect(await other.read()).toContain("liveassist_pushes_total 0");
  expect(await other.read()).toContain("process_resident_memory_bytes");
});
