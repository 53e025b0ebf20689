/** One line of a Dockerfile, its continuations joined. */
export interface Instruction {
  readonly word: string;
  readonly rest: string;
}

/** From one FROM to the next. */
export interface Stage {
  readonly from: string;
  readonly name: string | null;
  readonly instructions: readonly Instruction[];
}

/** Reads the few kinds of lines that our Dockerfile has. */
export function readDockerfile(text: string): Stage[] {
  const stages: { from: string; name: string | null; instructions: Instruction[] }[] = [];
  for (const line of text.replace(/\\\n\s*/g, " ").split("\n")) {
    if (/^\s*(#|$)/.test(line)) continue;
    const [, word = "", rest = ""] = /^(\w+)\s+(.*)$/.exec(line) ?? [];
    if (word !== "FROM") {
      stages.at(-1)?.instructions.push({ word, rest });
      continue;
    }
    const [from = "", , name = null] = rest.split(/\s+/);
    stages.push({ from, name, instructions: [] });
  }
  return stages;
}
