/** A stretch of a post's text; with `href` it is an address that can be followed. */
export interface TextPart {
  readonly at: number;
  readonly text: string;
  readonly href: string | null;
}

const ADDRESS = /https?:\/\/[^\s<>"']+/gi;
/** What ends a sentence rather than an address. */
const TRAILING = /[.,;:!?]+$/;

/** Parts a text so that web addresses can be made links. Only http and https, and only what a URL parser takes. */
export function textParts(text: string): TextPart[] {
  const parts: TextPart[] = [];
  let done = 0;
  const add = (upTo: number, href: string | null) => {
    if (upTo > done) parts.push({ at: done, text: text.slice(done, upTo), href });
    done = Math.max(done, upTo);
  };
  for (const match of text.matchAll(ADDRESS)) {
    const address = withoutEnd(match[0]);
    const href = URL.canParse(address) ? new URL(address).href : null;
    if (href === null) continue;
    add(match.index, null);
    add(match.index + address.length, href);
  }
  add(text.length, null);
  return parts;
}

function withoutEnd(address: string): string {
  const cut = address.replace(TRAILING, "");
  // "(see https://example.com/a)": the bracket belongs to the sentence, unless the address opened it.
  return cut.endsWith(")") && !cut.includes("(") ? withoutEnd(cut.slice(0, -1)) : cut;
}

/** Lines and units from which on a post is folded in the list. */
const MOST_LINES = 12;
const MOST_UNITS = 900;

export const isLong = (text: string): boolean =>
  text.length > MOST_UNITS || text.split("\n").length > MOST_LINES;
