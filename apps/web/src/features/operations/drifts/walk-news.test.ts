import { expect, it } from "vitest";
import type { Walk } from "./hooks.ts";
import { walkNews } from "./walk-news.ts";

const asked = { walk_id: 7, is_new: true };
const walk = (id: number, state: Walk["state"], counts: Record<string, number> = {}): Walk => ({
  id,
  state,
  phase: "stripe",
  counts,
  started_at: "2026-11-22T00:00:00.000Z",
  finished_at: null,
});

it("does not take the end of the walk before for the one that was asked for", () => {
  const begins = walkNews(asked, undefined);
  expect(begins).toContain("asked for");
  expect(walkNews(asked, walk(6, "finished"))).toBe(begins);
  expect(walkNews(asked, walk(7, "running"))).toContain("under way;");
  expect(walkNews({ ...asked, is_new: false }, walk(7, "running"))).toContain("under way already");
});

it("says how it ended, also when nothing was found", () => {
  expect(walkNews(asked, walk(7, "finished", { listed: 4 }))).toBe("The walk has ended. Nothing differs.");
  const found = { repaired: 2, failed: 1, missed_events: 5 };
  expect(walkNews(asked, walk(7, "finished", found))).toBe(
    "The walk has ended. 2 repaired, 1 could not be repaired, 5 events had never come.",
  );
  expect(walkNews(asked, walk(7, "finished", { missed_events: 1 }))).toContain("1 event had never come");
  expect(walkNews(asked, walk(7, "stopped"))).toBe("The walk has stopped before its end.");
});
