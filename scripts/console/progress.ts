/** Where progress is told: a terminal gets a bar that moves, a file or a pipe a line now and then. */
export interface ProgressStream {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

/** How far long work is. */
export interface Progress {
  /** `part` from 0 to 1, null while nobody knows; `words` say what is being done. */
  show(part: number | null, words: string): void;
  /** Removes the bar; nothing is shown after it. */
  end(): void;
}

const WIDTH = 24;
/** A pipe is told this often, and not before it has waited so long; wall time. */
const LINE_EVERY_MS = 5_000;
const CLEAR = "\r\u001b[2K";

/** Tells how far work is on stderr, so that stdout holds nothing but the answer. */
export function tellProgress(
  stream: ProgressStream = process.stderr,
  now: () => number = Date.now,
): Progress {
  let last: string | null = null;
  let toldAt = now();
  const onTerminal = stream.isTTY === true;
  return {
    show(part, words) {
      const line = onTerminal ? `${barOf(part)} ${words}` : lineOf(part, words);
      if (line === last) return;
      if (onTerminal) stream.write(CLEAR + line.slice(0, (stream.columns ?? 80) - 1));
      else {
        if (now() - toldAt < LINE_EVERY_MS) return;
        stream.write(`${line}\n`);
      }
      last = line;
      toldAt = now();
    },
    end() {
      if (onTerminal && last !== null) stream.write(CLEAR);
      last = null;
    },
  };
}

function barOf(part: number | null): string {
  if (part === null) return `[${"·".repeat(WIDTH)}]`;
  const full = Math.round(clamp(part) * WIDTH);
  return `[${"█".repeat(full)}${"·".repeat(WIDTH - full)}] ${percent(part)}`;
}

const lineOf = (part: number | null, words: string): string =>
  part === null ? words : `${percent(part).trim()} ${words}`;
const percent = (part: number): string => `${Math.floor(clamp(part) * 100)}%`.padStart(4);
const clamp = (part: number): number => Math.min(1, Math.max(0, part));
