import type { FastifyRequest } from "fastify";
import { type Language, WORDS, type Words } from "./words/words.ts";

/** How a page speaks: its texts, and the tag by which amounts and dates are written. */
export interface Locale {
  lang: Language;
  tag: string;
  words: Words;
}

/**
 * The language of a page: what the session asks for, else (`auto` or nothing) the first of the browser's that the pages
 * have, else English. English amounts are written as where the currency is used.
 */
export function localeFor(request: FastifyRequest, asked: string | null, currency: string | null): Locale {
  const explicit = asked === null || asked === "auto" ? null : asked;
  const lang = explicit === null ? preferred(request.headers["accept-language"] ?? "") : languageOf(explicit);
  const words = WORDS[lang ?? "en"];
  if (lang === "sv") return { lang, tag: "sv-SE", words };
  if (lang === "en" && explicit !== null) return { lang, tag: explicit, words };
  return { lang: "en", tag: currency === "sek" ? "en-SE" : "en", words };
}

/** `sv-SE,sv;q=0.9,en;q=0.8` → `sv`. */
function preferred(header: string): Language | null {
  const wishes = header.split(",").map((entry) => {
    const [tag = "", ...rest] = entry.trim().split(";");
    const weight = rest.find((part) => part.trim().startsWith("q="));
    return { tag, weight: weight === undefined ? 1 : Number(weight.trim().slice(2)) };
  });
  const usable = wishes.filter(({ tag, weight }) => weight > 0 && languageOf(tag) !== null);
  const [best] = usable.toSorted((a, b) => b.weight - a.weight);
  return best === undefined ? null : languageOf(best.tag);
}

function languageOf(tag: string): Language | null {
  const [language] = tag.toLowerCase().split("-");
  return language === "sv" || language === "en" ? language : null;
}

/** English, for pages that nobody asked for in a language. */
export const PLAIN: Locale = { lang: "en", tag: "en", words: WORDS.en };
