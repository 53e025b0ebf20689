import type { TimelineEntry } from "@liveassist/shared/inputs/operations";
import { expect, it } from "vitest";
import { paymentWay } from "./payment-way.ts";

const START = Date.parse("2026-11-21T12:00:00.000Z");

/** Given oldest first, answered newest first, as a timeline comes. */
function story(...lines: [TimelineEntry["kind"], number][]): TimelineEntry[] {
  return lines
    .map(([kind, ms], index) => {
      const at = new Date(START + ms).toISOString();
      return { id: `${index}`, at, kind, what: kind, ids: {}, detail: {} };
    })
    .toReversed();
}
const shown = (entries: TimelineEntry[]) =>
  paymentWay(entries)?.steps.map(({ step, sinceMs }) => [step, sinceMs]);

it("follows the newest payment to what the user's page confirmed", () => {
  const entries = story(
    ["payment", -90_000_000],
    ["event", -89_999_000],
    ["payment", 0],
    ["event", 400],
    ["event", 450],
    ["sync", 600],
    ["change", 600],
    ["xp", 600],
    ["push", 620],
    ["ack", 700],
  );
  expect(shown(entries)).toEqual([
    ["payment", null],
    ["event", 400],
    ["sync", 200],
    ["change", 0],
    ["push", 20],
    ["ack", 80],
  ]);
  expect(paymentWay(entries)?.wholeMs).toBe(700);
});

it("is whole as well when the page that came back was faster than the event", () => {
  const entries = story(
    ["payment", 0],
    ["sync", 300],
    ["change", 310],
    ["push", 330],
    ["ack", 400],
    ["event", 2_000],
    ["sync", 2_100],
  );
  expect(shown(entries)).toEqual([
    ["payment", null],
    ["event", 2_000],
    ["sync", 300],
    ["change", 10],
    ["push", 20],
    ["ack", 70],
  ]);
  expect(paymentWay(entries)?.wholeMs).toBe(400);
});

it("shows the sync that changed the row, and none before it that changed nothing", () => {
  const entries = story(["payment", 0], ["event", 400], ["sync", 500], ["sync", 90_000], ["change", 90_010]);
  expect(shown(entries)?.slice(1, 4)).toEqual([
    ["event", 400],
    ["sync", 89_600],
    ["change", 10],
  ]);
});

it("leaves out what has not come yet, and what came too late to belong to it", () => {
  const entries = story(["payment", 0], ["sync", 300], ["change", 310], ["ack", 3_600_000]);
  expect(shown(entries)).toEqual([
    ["payment", null],
    ["event", null],
    ["sync", 300],
    ["change", 10],
    ["push", null],
    ["ack", null],
  ]);
  expect(paymentWay(entries)?.wholeMs).toBe(null);
});

it("has nothing to show where nobody paid", () => {
  expect(paymentWay(story(["account", 0], ["event", 10]))).toBe(null);
});
