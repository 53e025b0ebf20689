/** A piece of a text that can be spoken, and how far the text is spoken then (UTF-16 units). */
interface Spoken {
  readonly words: string;
  readonly upTo: number;
}

const ENDS = /[.!?…:]["'”’)\]]*(?=\s)|\n/g;

/**
 * What of a growing text is new and whole: full sentences and lines only, because single words out of a stream make no
 * sense to listen to. `finished` takes the rest, whatever it ends in.
 */
export function nextSentences(text: string, spokenUpTo: number, finished: boolean): Spoken {
  const rest = text.slice(spokenUpTo);
  let end = finished ? rest.length : 0;
  if (!finished) for (const match of rest.matchAll(ENDS)) end = match.index + match[0].length;
  return { words: plainWords(rest.slice(0, end)), upTo: spokenUpTo + end };
}

/** Markdown without its signs, roughly: what a listener needs of it. */
function plainWords(markdown: string): string {
  return (
    markdown
      .replace(/^\s*```.*$/gm, "")
      .replace(/!?\[([^\]]*)\]\([^)]*\)/g, "$1")
      .replace(/^\s*(#{1,6}|>|[-*+])\s+/gm, "")
      .replace(/^[\s|:-]+$/gm, "")
      .replace(/<\/?[a-z][^>]*>/gi, "")
      .replace(/\|/g, ", ")
      .replace(/[*`~]+/g, "")
      // Within a word it is a letter of a name: MAX_VIDEO_MB.
      .replace(/(?<![\p{L}\p{N}])_+|_+(?![\p{L}\p{N}])/gu, "")
      .replace(/(^|\s),\s/g, "$1")
      .replace(/\s+/g, " ")
      .trim()
  );
}
