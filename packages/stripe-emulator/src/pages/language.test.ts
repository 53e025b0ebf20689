import type { FastifyRequest } from "fastify";
import { describe, expect, it } from "vitest";
import { AUTHENTICATION_FAILED, TEST_CARDS } from "../billing/test-cards.ts";
import { localeFor } from "./language.ts";
import { everyText, money } from "./money.ts";
import { type Language, WORDS } from "./words/words.ts";

const reads = (header: string, asked: string | null = null, currency = "sek") =>
  localeFor({ headers: { "accept-language": header } } as FastifyRequest, asked, currency);

describe("the language of a page", () => {
  it("is the session's, else the browser's, else English", () => {
    expect(reads("en-GB", "sv").lang).toBe("sv");
    expect(reads("sv-SE,sv;q=0.9", "en").lang).toBe("en");
    expect(reads("sv-SE,sv;q=0.9,en;q=0.8", "auto").lang).toBe("sv");
    expect(reads("en;q=0.4, sv;q=0.7").lang).toBe("sv");
    expect(reads("de-DE,de;q=0.9,sv;q=0.2").lang).toBe("sv");
    expect(reads("sv;q=0, *").lang).toBe("en");
    expect(reads("", "de").lang).toBe("en");
    expect(reads("*").lang).toBe("en");
  });

  it("writes amounts and intervals as the language does", () => {
    expect(money(3900, "sek", reads("sv"))).toBe("39,00\u00a0kr");
    expect(money(3900, "sek", reads("en"))).toBe("39,00\u00a0kr");
    expect(money(123_456, "eur", reads("en-GB", null, "eur"))).toBe("€1,234.56");
    expect(money(500, "jpy", reads("en", null, "jpy"))).toBe("¥500");
    const every = (interval: string, interval_count: number, header: string) =>
      everyText({ interval, interval_count }, reads(header));
    expect(every("month", 1, "sv")).toBe("per månad");
    expect(every("month", 2, "sv")).toBe("varannan månad");
    expect(every("month", 3, "sv")).toBe("var tredje månad");
    expect(every("week", 2, "sv")).toBe("varannan vecka");
    expect(every("year", 2, "sv")).toBe("vartannat år");
    expect(every("month", 3, "en")).toBe("every 3 months");
  });
});

describe("the words of the pages", () => {
  const said = (value: unknown): string[] => {
    if (typeof value === "function") return [String(value("x", "y", "z"))];
    return typeof value === "object" && value !== null ? Object.values(value).flatMap(said) : [String(value)];
  };
  it.each(["en", "sv"] satisfies Language[])("leave nothing out (%s)", (lang) => {
    expect(said(WORDS[lang]).filter((text) => text.trim() === "" || text.includes("undefined"))).toEqual([]);
  });

  it("know every refusal of a test card in Swedish", () => {
    const refusals = TEST_CARDS.flatMap((card) => [
      card.refused,
      card.chargeRefused,
      card.refusedAfterChallenge,
      AUTHENTICATION_FAILED,
    ]).flatMap((decline) => (decline === undefined ? [] : [decline.message]));
    const missing = refusals.filter((message) => WORDS.sv.decline[message] === undefined);
    expect([...new Set(missing)]).toEqual([]);
  });
});
