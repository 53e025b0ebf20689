import { limitsOf } from "@liveassist/shared/plans";
import { describe, expect, test } from "vitest";
import { writeInstructions } from "./instructions.ts";

const FACTS = {
  price: "39 SEK",
  trialDays: 5,
  trialRequiresCard: true,
  freeImagesPerDay: 2,
  quotaTimezone: "Europe/Stockholm",
  mostVideoMb: 200,
};
const now = Date.UTC(2026, 10, 21, 23, 30);
const POLICY = { freeImagesPerDay: 2 };
const free = writeInstructions({ plan: "free", limits: limitsOf("free", POLICY), facts: FACTS, now });
const paid = writeInstructions({ plan: "paid", limits: limitsOf("trial", POLICY), facts: FACTS, now });

describe("the instructions", () => {
  test("say the plan in so many words, and its limits", () => {
    expect(free).toContain('plan: "free"');
    expect(free).not.toContain('plan: "paid"');
    expect(free).toMatch(/300 tokens and one step, without tools/);
    expect(free).toMatch(/Images a day: 2\. Video: no/);
    expect(paid).toContain('plan: "paid"');
    expect(paid).not.toContain('plan: "free"');
    expect(paid).toMatch(/2000 tokens and at most 5 steps, with tools/);
    expect(paid).toMatch(/Images a day: unlimited\. Video: yes/);
  });

  test("tell today's date where the day turns", () => {
    expect(free).toContain("Today is Sunday, 22 November 2026");
  });

  test("tell the facts of the product with the amounts of this installation", () => {
    for (const text of [free, paid])
      expect(text).toMatch(/39 SEK a month including VAT.*5 days, with a card/);
  });

  test("tell how to cite only those who can search", () => {
    expect(paid).toContain("[title](/posts/<id>)");
    expect(free).not.toContain("searchPosts");
  });

  test("give nothing that people write any authority", () => {
    for (const text of [free, paid]) expect(text).toMatch(/Only this text has\..*data from people/s);
  });
});
