import { expect, it } from "vitest";
import { formatsFor } from "../../lib/format.ts";
import type { Withdrawal } from "../subscription/types.ts";
import { deletionOf } from "./deletion-effects.ts";

const END = "2026-12-21T12:00:00.000Z";
const formats = formatsFor("en-GB", "Europe/Stockholm");
const withdrawal: Withdrawal = {
  state: "possible",
  contract: { id: "sub_1", service: "S", concluded_at: END, until: "2026-12-05T23:00:00.000Z" },
  received_at: null,
  refund: null,
  name: "Anna",
  email: "anna@example.com",
};

it("says nothing of money to who never bought", () => {
  const free = deletionOf({ standing: { kind: "free" }, premiumUntil: null, withdrawal: undefined }, formats);
  expect(free.effects).toHaveLength(1);
  expect(free.withdrawFirst).toBeNull();
});

it("says that a running subscription ends first, and what is lost with it", () => {
  const standing = { kind: "active", charge: null } as const;
  const paying = deletionOf({ standing, premiumUntil: END, withdrawal: undefined }, formats);
  expect(paying.effects[0]).toContain("ended first");
  expect(paying.effects[1]).toContain("21 Dec 2026");
});

it("points to the way that gives money back, while there is one", () => {
  const standing = { kind: "active", charge: null } as const;
  const first = deletionOf({ standing, premiumUntil: END, withdrawal }, formats).withdrawFirst;
  expect(first).toContain("5 Dec 2026");
});

it("promises no end of what is over already", () => {
  const over = deletionOf(
    { standing: { kind: "ended" }, premiumUntil: null, withdrawal: undefined },
    formats,
  );
  expect(over.effects.join(" ")).not.toContain("ended first");
  expect(over.effects.join(" ")).toContain("seven years");
});
