import { expect, test } from "vitest";
import { inWords, isAllWell } from "./in-words.ts";
import type { Replayed } from "./replay-events.ts";

const event = (name: string, more: Partial<Replayed> = {}): Replayed => ({
  event_id: `evt_${name}`,
  type: "invoice.paid",
  outcome: "processed",
  attempts: 1,
  last_error: null,
  taken: "queued",
  ...more,
});

test("what was processed is told in two lines, and is well", () => {
  const report = { events: [event("1")], unknown: [], not_begun: [] };
  expect(inWords(report)).toBe("1 event: 1 processed.\n  evt_1 invoice.paid: processed");
  expect(isAllWell(report)).toBe(true);
});

test("an event that was processed before says that its customer was asked about again", () => {
  const report = { events: [event("1", { taken: "synced" })], unknown: [], not_begun: [] };
  expect(inWords(report)).toContain("had been processed; its customer was synced again");
});

test("what died again, waits, or was never there is named with its reason, and is not well", () => {
  const events = [
    event("1", { outcome: "dead", last_error: "unresolved: nobody" }),
    event("2", { outcome: "pending" }),
  ];
  const words = inWords({ events, unknown: ["evt_9"], not_begun: ["evt_3"] });
  expect(words.split("\n").slice(0, 4)).toEqual([
    "4 events: 1 dead again, 1 still waiting, 1 unknown, 1 not begun.",
    "  evt_1 invoice.paid: DEAD again (unresolved: nobody)",
    "  evt_2 invoice.paid: still waiting",
    "  evt_9: there is no such event. Only what arrived can be replayed.",
  ]);
  for (const one of events) expect(isAllWell({ events: [one], unknown: [], not_begun: [] })).toBe(false);
  expect(isAllWell({ events: [], unknown: ["evt_9"], not_begun: [] })).toBe(false);
  expect(isAllWell({ events: [], unknown: [], not_begun: ["evt_9"] })).toBe(false);
});

test("of very many only the troubles are listed, and of those not all", () => {
  const fine = Array.from({ length: 30 }, (_, at) => event(`fine${at}`));
  const dead = Array.from({ length: 25 }, (_, at) => event(`dead${at}`, { outcome: "dead" }));
  const words = inWords({ events: [...fine, ...dead], unknown: [], not_begun: [] });
  expect(words).not.toContain("evt_fine");
  expect(words).toContain("  … and 5 more; --json lists all.");
});

test("no dead letters is good news", () => {
  const report = { events: [], unknown: [], not_begun: [] };
  expect(inWords(report)).toBe("There are no such dead letters.");
  expect(isAllWell(report)).toBe(true);
});
