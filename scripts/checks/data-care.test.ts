import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { privacyTexts } from "../../apps/web/src/texts/legal/privacy.ts";
import { RETENTIONS } from "../../packages/api/src/operations/forget-old-rows.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const rows = readFileSync(join(ROOT, "docs/operations/data-care.md"), "utf8")
  .split("## Export")[0]
  ?.split("\n")
  .filter((line) => line.startsWith("| "));

const IN_WORDS: Readonly<Record<number, string>> = {
  0: "until they end",
  1: "a day",
  365: "a year",
  730: "two years",
};
const inWords = (days: number): string => IN_WORDS[days] ?? `${days} days`;

test("what is kept stands in the document with the time that the code gives it", () => {
  for (const [table, { days }] of Object.entries(RETENTIONS)) {
    const row = rows?.find((line) => line.includes(`\`${table}\``)) ?? "";
    expect(row.split("|")[2], table).toContain(inWords(days));
  }
});

test("people are told of it on the privacy page", () => {
  const sections = privacyTexts.sections({
    price: "39 kr",
    trialDays: 5,
    trialRequiresCard: true,
    seller: null,
  });
  const howLong = JSON.stringify(sections.find(({ id }) => id === "how-long"));
  expect(howLong).toContain(`${RETENTIONS["trail"]?.days} days, and two years`);
  expect(howLong).toContain("35 days; notices that nobody could place");
  expect(howLong).toContain("Logins: until they end");
});
