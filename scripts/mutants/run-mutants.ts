import { existsSync } from "node:fs";
import { basename, join } from "node:path";
import type { Verdict } from "./judge-run.ts";
import { type Mutant, readMutant } from "./read-mutant.ts";
import { makeScratchCopy, type ScratchCopy } from "./scratch-copy.ts";
import { type Laboratory, runNamed, tryMutant } from "./try-mutant.ts";

const BASELINE_SECONDS = 900;
/** Copies at work at the same time, one for each core of a small machine. */
const LANES = 2;

export interface Outcome {
  mutant: Mutant;
  verdict: Verdict;
  seconds: number;
}

/** Plants every mistake of these patch files into scratch copies of `root`, and tells each outcome as it is known. */
export async function runMutants(
  root: string,
  patches: readonly string[],
  tell: (line: string) => void,
): Promise<Outcome[]> {
  const mutants = patches.map(readMutant);
  const copies: ScratchCopy[] = [];
  const stop = new AbortController();
  const interrupt = (): void => stop.abort(new Error("interrupted"));
  process.on("SIGINT", interrupt).on("SIGTERM", interrupt);
  try {
    const lanes = Math.min(LANES, mutants.length);
    for (let lane = 0; lane < lanes; lane++) copies.push(await makeScratchCopy(root));
    const [first] = copies;
    const named = mutants.flatMap((mutant) => mutant.tests);
    if (first && named.length > 0) await mustPass({ copy: first, workers: lanes }, named);
    tell(`without any mistake ${new Set(named.map((test) => test.file)).size} test files pass`);
    const typesBefore: Laboratory["typesBefore"] = new Map();
    const waiting = [...mutants];
    const outcomes: Outcome[] = [];
    const work = async (laboratory: Laboratory): Promise<void> => {
      for (let mutant = waiting.shift(); mutant; mutant = waiting.shift()) {
        stop.signal.throwIfAborted();
        const started = Date.now();
        const verdict = await confirm(laboratory, await tryMutant(laboratory, mutant));
        const outcome = { mutant, verdict, seconds: (Date.now() - started) / 1000 };
        outcomes.push(outcome);
        tell(outcomeLine(outcome));
      }
    };
    const workers = lanes === 1 ? LANES : 1;
    await Promise.all(copies.map((copy) => work({ copy, workers, typesBefore })));
    return outcomes;
  } catch (error) {
    // What was interrupted fails in many ways; only the interruption is worth saying.
    stop.signal.throwIfAborted();
    throw error;
  } finally {
    process.off("SIGINT", interrupt).off("SIGTERM", interrupt);
    for (const copy of copies) copy.remove();
  }

  /** A test found by looking through a suite catches only what it does not also fail without. */
  async function confirm(laboratory: Laboratory, verdict: Verdict): Promise<Verdict> {
    if (verdict.kind !== "caught") return verdict;
    const { project, file, test } = verdict;
    if (mutants.some(({ tests }) => tests.some((named) => named.file === file))) return verdict;
    const { failures, broken } = await runNamed(laboratory, [{ project, file }]);
    const isSound = failures.length === 0 && broken.length === 0;
    return isSound ? verdict : { kind: "unproven", reason: `${test} fails without the mistake, too` };
  }
}

async function mustPass(
  laboratory: Pick<Laboratory, "copy" | "workers">,
  tests: Mutant["tests"],
): Promise<void> {
  const lost = tests.filter(({ file }) => !existsSync(join(laboratory.copy.root, file)));
  if (lost[0]) throw new Error(`a patch names a test that does not exist: ${lost[0].file}`);
  const { ran, failures, broken } = await runNamed(laboratory, tests, BASELINE_SECONDS);
  const trouble = [
    ...failures.map(({ file, test, errors }) => `${file}: ${test}: ${errors[0]?.[0]?.message}`),
    ...broken,
  ];
  if (trouble.length > 0)
    throw new Error(`without any mistake these tests must pass, and do not:\n${trouble.join("\n")}`);
  if (ran === 0) throw new Error("the tests that the patches name do not exist");
}

/** One outcome in one line: how it ended, seconds, mistake, and by what it was caught. */
export function outcomeLine({ mutant, verdict, seconds }: Outcome): string {
  const start = `${verdict.kind.padEnd(9)}${seconds.toFixed(1).padStart(6)} s  ${mutant.name}`;
  const from = `[${basename(mutant.file)}]`;
  if (verdict.kind === "caught")
    return `${start}\n${" ".repeat(19)}by "${verdict.test}": ${verdict.assertion}`;
  if (verdict.kind === "survived") return `${start} ${from}`;
  return `${start} ${from}\n${" ".repeat(19)}${verdict.reason}`;
}
