import { limitsOf } from "@liveassist/shared/plans";
import { expect, it } from "vitest";
import { quickfixTexts } from "./quickfix.ts";

it("writes questions that fit every plan, with room for a few words of one's own", () => {
  const { messageCodePoints } = limitsOf("free", { freeImagesPerDay: 2 });
  for (const { prompt } of Object.values(quickfixTexts.starters)) {
    expect([...prompt].length, prompt).toBeLessThanOrEqual(messageCodePoints / 2);
  }
});
