import { expect, test } from "vitest";
import { inWords } from "./in-words.ts";

const NOTHING = {
  walkId: 7,
  state: "finished",
  phase: "events",
  seconds: 1.5,
  counts: {},
  causes: {},
  open: 0,
} as const;

test("a walk that found nothing says so", () => {
  expect(inWords("finished", { ...NOTHING, counts: { listed: 1 } })).toBe(
    "Walk 7 is done, after 1.5 s.\nLooked at 1 subscription.\nNo differences.",
  );
});

test("differences are counted by cause, with what was fetched and what remains", () => {
  const report = {
    ...NOTHING,
    counts: { listed: 5, asked: 2, backfilled: 3 },
    causes: { missing_here: 2, plan_copy: 1 },
    open: 1,
  };
  expect(inWords("finished", report).split("\n")).toEqual([
    "Walk 7 is done, after 1.5 s.",
    "Looked at 5 subscriptions and 2 customers one by one.",
    "3 differences: 2 missing here, 1 plan copy.",
    "3 events that never arrived were fetched.",
    "1 difference is still there; Operations → Drift and the log say why.",
  ]);
});

test("a walk that stopped names how many would lose Premium, and how to let it through", () => {
  const words = inWords("stopped", { ...NOTHING, counts: { listed: 30, downgrades: 21, payers: 22 } });
  expect(words).toContain("STOPPED: it would take Premium from 21 of 22 payers");
  expect(words).toContain("npm run reconcile -- --accept-downgrades");
});

test("a walk that failed or is not finished is no quiet success", () => {
  expect(inWords("failed", NOTHING)).toContain("FAILED");
  expect(inWords("unfinished", NOTHING)).toContain("NOT FINISHED");
});
