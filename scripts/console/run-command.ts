import { type ParseArgsConfig, parseArgs } from "node:util";

type Options = NonNullable<ParseArgsConfig["options"]>;
type Values = Record<string, string | boolean | undefined>;

/** What was asked for, once it is known to make sense. */
export interface Asked {
  readonly values: Values;
  readonly words: readonly string[];
}

/** A command: its help, what it takes, and its work, which answers the exit code. */
export interface Command {
  /** First line: how it is called. */
  readonly help: string;
  readonly options?: Options;
  /** Says what is wrong with the arguments, or null. */
  readonly refuse?: (asked: Asked) => string | null;
  readonly work: (asked: Asked) => Promise<number>;
}

/** Ends of all commands: done, not (all) done, and asked for in a way that makes no sense. */
export const EXIT = { done: 0, notDone: 1, badArguments: 2 } as const;

/** Runs a command of the console with the arguments of this process, and sets its exit code. */
export async function runCommand(command: Command): Promise<void> {
  // Nobody reads any more, as after `… | head`: no reason to fall over.
  for (const stream of [process.stdout, process.stderr]) stream.on("error", () => {});
  process.exitCode = await perform(command, process.argv.slice(2));
}

async function perform({ help, options = {}, refuse, work }: Command, given: string[]): Promise<number> {
  const read = readArguments(given, options);
  if (typeof read !== "string" && read.values["help"] === true) {
    console.log(help);
    return EXIT.done;
  }
  const wrong = typeof read === "string" ? read : (refuse?.(read) ?? null);
  if (typeof read === "string" || wrong !== null) {
    console.error(`${wrong}\n\n${help.split("\n")[0]}\nMore with --help.`);
    return EXIT.badArguments;
  }
  try {
    return await work(read);
  } catch (error) {
    console.error((error as Error).message);
    return EXIT.notDone;
  }
}

/** The arguments, or the sentence that says what is wrong with them. */
export function readArguments(given: string[], options: Options): Asked | string {
  try {
    const { values, positionals } = parseArgs({
      args: given,
      options: { ...options, help: { type: "boolean", short: "h" } },
      allowPositionals: true,
      strict: true,
    });
    return { values: values as Values, words: positionals };
  } catch (error) {
    // Node's own words go on about how to escape a dash.
    return (error as Error).message.replace(/(\. |\.?\n).*/s, "").replace(/\.?$/, ".");
  }
}

/** A whole number of an option, within bounds; null: it is none. */
export function wholeNumber(
  value: string | boolean | undefined,
  { from, to }: { from: number; to: number },
): number | null {
  const number = typeof value === "string" && /^\d+$/.test(value) ? Number(value) : Number.NaN;
  return number >= from && number <= to ? number : null;
}
