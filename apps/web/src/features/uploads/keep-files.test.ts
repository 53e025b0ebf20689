import { expect, it } from "vitest";
import { type KeptFile, sortKept } from "./keep-files.ts";

const HOUR = 3_600_000;
const kept = (id: string, addedAt: number, userId = "anna"): KeptFile => ({
  id,
  userId,
  place: "liveassist:1",
  name: "a.png",
  type: "image/png",
  kind: "image",
  bytes: 1,
  addedAt,
  url: null,
  uploadId: null,
  ready: false,
  heldFor: null,
  framesSent: 0,
  removed: false,
});
const ids = (files: readonly KeptFile[]) => files.map(({ id }) => id);

it("keeps a user's own files for a day, oldest first, and deletes everybody else's", () => {
  const now = 100 * HOUR;
  const all = [kept("late", now - 1), kept("old", now - 24 * HOUR), kept("early", now - 23 * HOUR)];
  const sorted = sortKept([...all, kept("bo's", now - 1, "bo")], "anna", now);
  expect(ids(sorted.kept)).toEqual(["early", "late"]);
  expect(ids(sorted.old)).toEqual(["old", "bo's"]);
});
