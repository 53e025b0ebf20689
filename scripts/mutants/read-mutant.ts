import { readFileSync } from "node:fs";
import { basename } from "node:path";

/** A test file, and the project of vitest.config.ts that runs it; null: whichever has it. */
export interface TestTarget {
  project: string | null;
  file: string;
}

/** A planted mistake: a diff, and what its header says about it. */
export interface Mutant {
  file: string;
  name: string;
  /** The tests that are to catch it; empty: nobody said, so whole suites are run. */
  tests: TestTarget[];
  /** Paths that the diff changes, from the root of the repository. */
  touched: string[];
}

/**
 * Reads a patch file: lines `name:` and `tests:` (files in each line, after their project if it is known) before the first `diff`, all of them
 * optional, so that any diff will do. Throws when it changes nothing that a diff can name.
 */
export function readMutant(file: string): Mutant {
  const text = readFileSync(file, "utf8");
  const start = text.search(/^(diff --git|--- )/m);
  const header = start < 0 ? text : text.slice(0, start);
  const touched = [...text.matchAll(/^\+\+\+ (?:b\/)?(.+?)\t?$/gm), ...text.matchAll(/^--- a\/(.+?)\t?$/gm)]
    .map(([, path]) => path ?? "")
    .filter((path) => path !== "" && path !== "/dev/null");
  if (touched.length === 0) throw new Error(`${file} is not a patch: no line "+++ b/<path>" in it`);
  return {
    file,
    name: /^name:\s*(.+)$/m.exec(header)?.[1]?.trim() ?? basename(file),
    tests: [...header.matchAll(/^tests:\s*(.+)$/gm)].flatMap(([, line = ""]) => toTargets(line)),
    touched: [...new Set(touched)],
  };
}

function toTargets(line: string): TestTarget[] {
  const words = line.trim().split(/\s+/);
  const [first = "", ...others] = words;
  const project = first.includes("/") ? null : first;
  return (project === null ? words : others).map((file) => ({ project, file }));
}
