import { describe, expect, it } from "vitest";
import { announce, readSeen, type Seen } from "./announcements.ts";

const free: Seen = { version: 1, plan: "free", xp: 0, premiumTold: false };

it("says nothing on the first visit of a browser", () => {
  expect(announce(null, { version: 5, plan: "paid", xp: 250 }, false).tell).toBeNull();
});

it("tells the trial's start, which is no payment", () => {
  expect(announce(free, { version: 2, plan: "trial", xp: 0 }, false).tell).toBe("trial-started");
});

it("tells the first payment, after a trial or without one", () => {
  expect(announce(free, { version: 2, plan: "paid", xp: 250 }, false).tell).toBe("premium-activated");
  const trial = announce(free, { version: 2, plan: "trial", xp: 0 }, false).seen;
  expect(announce(trial, { version: 9, plan: "paid", xp: 250 }, false).tell).toBe("premium-activated");
});

it("waits for the XP when the plan comes first", () => {
  const paid = announce(free, { version: 2, plan: "paid", xp: 0 }, false);
  expect(paid.tell).toBeNull();
  expect(announce(paid.seen, { version: 3, plan: "paid", xp: 250 }, false).tell).toBe("premium-activated");
});

describe("once", () => {
  it("stays silent in the second tab, which finds the version remembered", () => {
    const now = { version: 2, plan: "paid", xp: 250 } as const;
    const first = announce(free, now, false);
    const second = announce(first.seen, now, false);
    expect(second.tell).toBeNull();
    expect(second.seen).toBe(first.seen);
  });
  it("stays silent for a later XP grant, and for a second subscription", () => {
    const told = announce(free, { version: 2, plan: "paid", xp: 250 }, false).seen;
    expect(announce(told, { version: 3, plan: "paid", xp: 900 }, false).tell).toBeNull();
    const ended = announce(told, { version: 4, plan: "free", xp: 250 }, false).seen;
    expect(announce(ended, { version: 5, plan: "paid", xp: 250 }, false).tell).toBeNull();
  });
});

it("tells it in a browser that knows nothing yet, when one just came back from paying", () => {
  expect(announce(null, { version: 2, plan: "paid", xp: 250 }, true).tell).toBe("premium-activated");
  expect(announce(null, { version: 2, plan: "trial", xp: 0 }, true).tell).toBe("trial-started");
});

it("counts a memory it cannot read as none", () => {
  expect(readSeen({ version: "2", plan: "paid", xp: 1 })).toBeNull();
  expect(readSeen({ version: 2, plan: "gold", xp: 1 })).toBeNull();
  expect(readSeen(null)).toBeNull();
  expect(readSeen({ ...free })).toEqual(free);
});
