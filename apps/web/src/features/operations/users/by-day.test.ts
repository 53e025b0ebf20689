import { expect, it } from "vitest";
import { byDay } from "./by-day.ts";

const at = (iso: string) => ({ at: iso });

it("begins a new day at midnight of the reader, not of the server", () => {
  const entries = [
    at("2026-11-21T23:30:00.000Z"),
    at("2026-11-21T22:30:00.000Z"),
    at("2026-11-21T08:00:00.000Z"),
  ];
  expect(byDay(entries, "Europe/Stockholm")).toEqual([
    { key: "2026-11-22", entries: [entries[0]] },
    { key: "2026-11-21", entries: [entries[1], entries[2]] },
  ]);
  expect(byDay(entries, "UTC")).toEqual([{ key: "2026-11-21", entries }]);
  expect(byDay([])).toEqual([]);
});
