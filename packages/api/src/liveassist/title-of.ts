const MOST = 60;

/** What a session is called after its first text: its beginning, in one line, cut between words; null for no text. */
export function titleOf(text: string): string | null {
  const line = text.replaceAll(/\s+/g, " ").trim();
  const points = [...line];
  if (points.length <= MOST) return line === "" ? null : line;
  const cut = points.slice(0, MOST).join("");
  const lastWord = cut.lastIndexOf(" ");
  return `${(lastWord > MOST / 2 ? cut.slice(0, lastWord) : cut).trimEnd()}…`;
}
