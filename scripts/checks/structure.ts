import type { CheckReport, Problem } from "./check.ts";
import { EXCEPTIONS, type Exception } from "./exceptions.ts";
import { readSourceTree, type SourceTree } from "./source-tree.ts";
import { checkBarrels } from "./structure/barrels.ts";
import { checkClock } from "./structure/clock.ts";
import { checkCycles } from "./structure/cycles.ts";
import { checkDocstrings } from "./structure/docstrings.ts";
import { checkEnvironment } from "./structure/environment.ts";
import { checkFeatures } from "./structure/features.ts";
import { checkFirstLoad } from "./structure/first-load.ts";
import { checkLayers } from "./structure/layers.ts";
import { checkMocks } from "./structure/mocks.ts";
import { checkNames } from "./structure/names.ts";
import { checkRouters } from "./structure/routers.ts";
import { checkSdks } from "./structure/sdks.ts";
import { checkSharedIsPure } from "./structure/shared-is-pure.ts";
import { checkSizes, measureSizes } from "./structure/sizes.ts";
import { checkSqlTime } from "./structure/sql-time.ts";
import { checkTestHomes } from "./structure/test-homes.ts";
import { checkTestParts } from "./structure/test-parts.ts";
import { checkVerbs } from "./structure/verbs.ts";

const RULES: ((tree: SourceTree) => Problem[])[] = [
  checkLayers,
  checkCycles,
  checkNames,
  checkBarrels,
  checkSizes,
  checkDocstrings,
  checkClock,
  checkSqlTime,
  checkEnvironment,
  checkSdks,
  checkTestParts,
  checkTestHomes,
  checkFirstLoad,
  checkSharedIsPure,
  checkFeatures,
  checkVerbs,
  checkRouters,
  checkMocks,
];

/** The laws of the code: who may import whom, names, sizes, docstrings, and where outside things enter. */
export async function checkStructure(
  root: string,
  exceptions: Exception[] = EXCEPTIONS,
): Promise<CheckReport> {
  const tree = readSourceTree(root);
  const found = RULES.flatMap((rule) => rule(tree));
  const excused = (problem: Problem) => exceptions.some((entry) => covers(entry, problem));
  const unused = exceptions.filter((entry) => !found.some((problem) => covers(entry, problem)));
  return {
    problems: [
      ...found.filter((problem) => !excused(problem)).map(describe),
      ...unused.map(
        ({ rule, file }) => `scripts/checks/exceptions.ts: ${file} keeps ${rule} now; delete its entry`,
      ),
    ],
    notes: measureSizes(tree),
  };
}

function covers(entry: Exception, problem: Problem): boolean {
  return entry.rule === problem.rule && entry.file === problem.file;
}

function describe({ rule, file, line, message }: Problem): string {
  return `${file}:${line} [${rule}] ${message}`;
}
