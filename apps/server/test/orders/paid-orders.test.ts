import { describe, expect, test } from "vitest";
import { PAID_LIFECYCLES } from "../support/paid-lifecycles.ts";
import { playLifecycle } from "../support/play-lifecycle.ts";

describe("on time, late, mixed, repeated, at once, lost: in the end each payer has what Stripe says", () => {
  test.for(PAID_LIFECYCLES.map((lifecycle, at) => ({ lifecycle, name: lifecycle.name, seed: at + 101 })))(
    "$name",
    async ({ lifecycle, seed }) => {
      const { faults } = await playLifecycle(lifecycle, (plans) => plans.few(seed));
      expect(faults).toEqual([]);
    },
  );
});
