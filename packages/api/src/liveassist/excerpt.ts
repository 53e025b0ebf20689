const BEFORE = 40;
const AFTER = 80;

/** The words around what was searched for, in one line of about 120 characters; the beginning where it cannot be told. */
export function excerptOf(text: string, query: string): string {
  const line = text.replaceAll(/\s+/g, " ").trim();
  const found = line.toLowerCase().indexOf(query.replaceAll(/\s+/g, " ").trim().toLowerCase());
  const from = found <= BEFORE ? 0 : found - BEFORE;
  const to = Math.max(found, 0) + query.length + AFTER;
  // Half a character at either edge is dropped rather than shown as unreadable.
  const words = line
    .slice(from, to)
    .replace(/^[\uDC00-\uDFFF]/, "")
    .replace(/[\uD800-\uDBFF]$/, "");
  return (from > 0 ? "…" : "") + words.trim() + (to < line.length ? "…" : "");
}
