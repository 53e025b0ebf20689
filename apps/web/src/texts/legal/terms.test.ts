import { WITHDRAWAL_DAYS } from "@liveassist/shared/withdrawal";
import { describe, expect, it } from "vitest";
import type { LegalFacts } from "./document.ts";
import { privacyTexts } from "./privacy.ts";
import { termsTexts } from "./terms.ts";

const facts: LegalFacts = {
  price: "49 SEK",
  trialDays: 5,
  trialRequiresCard: true,
  seller: { name: "Exempel AB", org_no: "559999-0000", address: "Storgatan 1", email: "hej@example.com" },
};
const termsOf = (changed: Partial<LegalFacts> = {}) =>
  JSON.stringify(termsTexts.sections({ ...facts, ...changed }));

describe("the terms", () => {
  it("name the price there is, everywhere the same", () => {
    const amounts = termsOf().match(/\d+ SEK/g) ?? [];
    expect(new Set(amounts)).toEqual(new Set(["49 SEK"]));
    expect(amounts.length).toBeGreaterThanOrEqual(3);
  });

  it("say that the trial becomes paid by itself, and how much of the 14 days is left then", () => {
    expect(termsOf()).toContain("turns into the paid subscription by itself, and 49 SEK is charged");
    expect(termsOf()).toContain(`go on for ${WITHDRAWAL_DAYS - 5} days after it has become paid`);
    expect(termsOf({ trialDays: 13 })).toContain("go on for 1 day after");
    expect(termsOf({ trialDays: 30 })).toContain("run out before it becomes paid");
  });

  it("have an anchor for each section, and each only once", () => {
    for (const sections of [termsTexts.sections(facts), privacyTexts.sections(facts)]) {
      const ids = sections.map(({ id }) => id);
      expect(new Set(ids).size).toBe(ids.length);
    }
  });

  it("do not pretend that there is a seller", () => {
    expect(termsOf({ seller: null })).toContain("test installation without a seller");
    expect(termsOf({ seller: null })).not.toContain("undefined");
    const privacy = JSON.stringify(privacyTexts.sections({ ...facts, seller: null }));
    expect(privacy).toContain("Do not enter anything real");
  });
});
