import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { PATIENCE, SilenceError, watchSilence } from "./assistant-patience.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test("a provider has the longer time until its first piece, also in each further step", () => {
  const watch = watchSilence(PATIENCE);
  vi.advanceTimersByTime(PATIENCE.firstMs - 1);
  watch.heard();
  vi.advanceTimersByTime(PATIENCE.betweenMs - 1);
  watch.expectFirst();
  vi.advanceTimersByTime(PATIENCE.firstMs - 1);
  expect(watch.signal.aborted).toBe(false);
  vi.advanceTimersByTime(1);
  expect(watch.signal.reason).toBeInstanceOf(SilenceError);
});

test("whoever goes on speaking is heard out; whoever falls silent is not waited for", () => {
  const watch = watchSilence(PATIENCE);
  for (let pieces = 0; pieces < 10; pieces += 1) {
    watch.heard();
    vi.advanceTimersByTime(PATIENCE.betweenMs - 1);
  }
  expect(watch.signal.aborted).toBe(false);
  vi.advanceTimersByTime(1);
  expect(watch.signal.reason).toBeInstanceOf(SilenceError);
});

test("nobody speaks for ever", () => {
  const watch = watchSilence(PATIENCE);
  for (let at = 0; at < PATIENCE.wholeMs; at += 10_000) {
    vi.advanceTimersByTime(10_000);
    watch.heard();
  }
  expect(watch.signal.reason).toBeInstanceOf(SilenceError);
});

test("an ended watch leaves no timer behind", () => {
  watchSilence(PATIENCE).end();
  expect(vi.getTimerCount()).toBe(0);
});
