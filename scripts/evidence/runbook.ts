import { stripVTControlCharacters } from "node:util";

/** One thing that was done, when, and how it ended. */
export interface Step {
  readonly at: string;
  readonly ms: number;
  readonly who: string;
  readonly what: string;
  /** Null: it went well. */
  readonly problem: string | null;
}

/** Notes down what is done while it is done. */
export class Runbook {
  readonly steps: Step[] = [];
  readonly #tell: (step: Step) => void;

  constructor(tell: (step: Step) => void) {
    this.#tell = tell;
  }

  /** Does one thing. Throws what it throws, after noting it. */
  async step<T>(who: string, what: string, work: () => Promise<T>): Promise<T> {
    const begun = Date.now();
    const note = (problem: string | null): void => {
      const step = { at: new Date(begun).toISOString(), ms: Date.now() - begun, who, what, problem };
      this.steps.push(step);
      this.#tell(step);
    };
    try {
      const result = await work();
      note(null);
      return result;
    } catch (error) {
      note(firstLine(error));
      throw error;
    }
  }
}

const firstLine = (error: unknown): string =>
  // Playwright colours its messages.
  stripVTControlCharacters(error instanceof Error ? error.message : String(error)).split("\n")[0] ?? "";

/** The runbook as a page to read and to repeat by. */
export function runbookLines(
  steps: readonly Step[],
  { commit, node }: { commit: string; node: string },
): string[] {
  const commands = [
    `git checkout ${commit}`,
    "npm run evidence",
    "",
    "# by hand, the same road:",
    "npm start                # then open the address it prints, and sign in as anna@example.com and bo@example.com",
    "# localStorage.setItem('liveassist.debug', '1') in the browser's console shows events and setUser",
    "# pay with 4242 4242 4242 4242 on the payment page",
    "# move the time on the emulator's start page (its address is printed too), or:",
    `curl -X POST "$EMULATOR/_emulator/clock/advance" -H 'content-type: application/json' -d '{"seconds": 439200}'`,
    "npm run timeline -- anna@example.com",
    "npm run reconcile",
  ];
  return [
    "",
    "# Runbook of this run",
    "",
    "## To do it again",
    "",
    "```sh",
    ...commands,
    "```",
    "",
    `## What was done (Node ${node})`,
    "",
    "| at (UTC) | took | who | what |",
    "|---|---|---|---|",
    ...steps.map(
      ({ at, ms, who, what, problem }) =>
        `| ${at.slice(11, 23)} | ${(ms / 1000).toFixed(1)} s | ${who} | ${what}${problem === null ? "" : ` **failed: ${problem}**`} |`,
    ),
  ];
}
