import { SUITES } from "../testing/suites.ts";
import type { FailureReport } from "./failure-report.ts";
import { judgeRun, type Verdict } from "./judge-run.ts";
import type { Mutant } from "./read-mutant.ts";
import { runTests } from "./run-tests.ts";
import type { ScratchCopy } from "./scratch-copy.ts";
import { projectsOf, typeProblems } from "./type-problems.ts";

const FILES_SECONDS = 300;
const SUITE_SECONDS = 400;
/** Where a mistake that says nothing of its tests is looked for, quickest first. */
const LOOK_IN = ["rules", "emulator", "web", "routers", "orders", "simulation", "flows"];
/** Suites of one package alone: nothing else can fail there. */
const ONLY_FOR: Record<string, string> = { emulator: "packages/stripe-emulator/", web: "apps/web/" };

/** A copy to plant mistakes in, and what is already known of it without any. */
export interface Laboratory {
  copy: ScratchCopy;
  workers: number;
  /** What TypeScript says of a project without a mistake; shared between copies. */
  typesBefore: Map<string, Promise<string[]>>;
}

/** Plants one mistake, runs the tests that are to catch it, and takes it back. */
export async function tryMutant(laboratory: Laboratory, mutant: Mutant): Promise<Verdict> {
  const { copy, typesBefore } = laboratory;
  const projects = projectsOf(copy.root, mutant.touched);
  for (const project of projects) {
    const known = typesBefore.get(project) ?? typeProblems(copy.root, project);
    typesBefore.set(project, known);
    await known;
  }
  const refused = await copy.plant(mutant.file);
  if (refused !== null) return { kind: "invalid", reason: `does not apply: ${refused}` };
  try {
    for (const project of projects) {
      const before = await typesBefore.get(project);
      const news = (await typeProblems(copy.root, project)).filter((one) => !before?.includes(one));
      if (news[0] !== undefined) return { kind: "invalid", reason: `does not compile: ${news[0]}` };
    }
    if (mutant.tests.length > 0) return judgeRun(await runNamed(laboratory, mutant.tests));
    return await lookInSuites(laboratory, mutant);
  } finally {
    await copy.reset();
  }
}

/** Runs named test files; together, whatever project they belong to. */
export function runNamed(
  { copy, workers }: Pick<Laboratory, "copy" | "workers">,
  tests: Mutant["tests"],
  limitSeconds: number = FILES_SECONDS,
): Promise<FailureReport> {
  const known = tests.map((test) => test.project).filter((project) => project !== null);
  const projects = known.length === tests.length ? known : [];
  const files = tests.map((test) => test.file);
  return runTests(copy.root, { projects, files, limitSeconds, workers });
}

async function lookInSuites({ copy, workers }: Laboratory, mutant: Mutant): Promise<Verdict> {
  const known = new Set(SUITES.map((suite) => suite.name));
  let last: Verdict = { kind: "survived" };
  for (const name of LOOK_IN.filter((suite) => known.has(suite))) {
    const only = ONLY_FOR[name];
    if (only !== undefined && !mutant.touched.some((path) => path.startsWith(only))) continue;
    const wanted = { projects: [name], files: [], limitSeconds: SUITE_SECONDS, workers };
    const verdict = judgeRun(await runTests(copy.root, wanted));
    if (verdict.kind === "caught") return verdict;
    if (verdict.kind === "unproven") last = verdict;
  }
  return last;
}
