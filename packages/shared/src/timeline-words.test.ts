import { expect, test } from "vitest";
import { type TimelineEntry, timelineKind } from "./inputs/operations.ts";
import { timelineSentence } from "./timeline-words.ts";

const say = (kind: TimelineEntry["kind"], what: string, over: Partial<TimelineEntry> = {}): string =>
  timelineSentence({ kind, what, ids: {}, detail: {}, ...over });

test("a purchase reads as a story", () => {
  expect([
    say("checkout", "opened", { detail: { trial: true } }),
    say("payment", "paid", { ids: { subscription: "sub_1" }, detail: { seconds: 1.42 } }),
    say("event", "invoice.paid", { ids: { event: "evt_1" }, detail: { outcome: "processed", attempts: 1 } }),
    say("sync", "changed", { detail: { road: "event", before: "free", after: "paid", events: 2 } }),
    say("change", "free → paid", { ids: { version: "7" }, detail: { xp_awarded: 250 } }),
    say("push", "subscription.updated", { ids: { version: "7", socket: "ws_1" } }),
    say("ack", "shown", { ids: { version: "7", socket: "ws_1" } }),
  ]).toEqual([
    "Opened a checkout page for a trial.",
    "Stripe took the first payment (sub_1); Premium followed after 1.4 s.",
    "invoice.paid (evt_1) arrived and was worked off.",
    "Stripe was asked because of an event: free became paid, and 2 events were answered by it.",
    "The user's row became free → paid, with 250 XP (version 7).",
    "Version 7 was sent to socket ws_1.",
    "The page on socket ws_1 confirmed that it shows version 7.",
  ]);
});

test("what went wrong is said with its reason, in one line", () => {
  const detail = {
    outcome: "dead",
    attempts: 8,
    source: "backfill",
    last_error: "unresolved: no user\n at x",
  };
  expect(say("event", "invoice.paid", { detail })).toBe(
    "invoice.paid was fetched from Stripe's list and was given up on after 8 attempts: unresolved: no user.",
  );
  expect(say("admin", "admin.replayEvent", { detail: { outcome: "NOT_FOUND" } })).toBe(
    "An operator's command called admin.replayEvent (ended in NOT_FOUND).",
  );
  expect(say("admin", "admin.eraseUser", { ids: { actor: "a1" } })).toContain("did not come to an end");
});

test("a sync that changed no plan names the fields, and one that was too late says so", () => {
  const changes = { cancelAt: [null, "2026-12-01T00:00:00.000Z"], expiry: [1, 2] };
  expect(
    say("sync", "changed", { detail: { road: "refresh", before: "paid", after: "paid", changes } }),
  ).toBe("Stripe was asked because the page asked to: cancel at, expiry changed.");
  expect(say("sync", "discarded", { detail: { events: 1 } })).toContain("a newer one was already written");
  expect(say("sync", "changed", { detail: { road: "stored", before: "paid", after: "free" } })).toBe(
    "Stripe could not be asked, so the stored facts decided: paid became free.",
  );
});

test.each([
  [0, "0 s"],
  [90, "2 min"],
  [7_200, "2 h"],
  [864_000, "10 days"],
])("a wait of %d s is told as %s", (seconds, said) => {
  expect(say("payment", "paid", { detail: { seconds } })).toContain(`after ${said}.`);
});

test("every kind has a sentence, whatever little is known", () => {
  for (const kind of timelineKind.options) {
    const sentence = say(kind, "something_new");
    expect(sentence).toMatch(/^\S.*\S\.$/);
    expect(sentence).not.toMatch(/undefined|null|NaN|\[object/);
  }
  expect(say("withdrawal", "completed", { detail: { refunded_ore: 3900, currency: "sek" } })).toBe(
    "The withdrawal was completed; 39 SEK given back.",
  );
});
