import { describe, expect, test } from "vitest";
import { ODD_LIFECYCLES } from "../support/odd-lifecycles.ts";
import { playLifecycle } from "../support/play-lifecycle.ts";
import { TRIAL_LIFECYCLES } from "../support/trial-lifecycles.ts";

describe("on time, late, mixed, repeated, at once, lost: in the end each user has what Stripe says", () => {
  const lifecycles = [...TRIAL_LIFECYCLES, ...ODD_LIFECYCLES];
  test.for(lifecycles.map((lifecycle, at) => ({ lifecycle, name: lifecycle.name, seed: at + 1 })))(
    "$name",
    async ({ lifecycle, seed }) => {
      const { faults } = await playLifecycle(lifecycle, (plans) => plans.few(seed));
      expect(faults).toEqual([]);
    },
  );
});
