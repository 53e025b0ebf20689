import { posix } from "node:path";
import type { Problem } from "../check.ts";
import type { SourceFile } from "../read-source.ts";
import type { SourceTree } from "../source-tree.ts";
import { exportedFunctions } from "./exported-functions.ts";

const FEATURE_FILE = /^packages\/api\/src\/(?!realtime\/)[^/]+\/[^/]+\.ts$/;

/**
 * Laws 2 and 4: a verb (deps, actor, input) stands in the file named by it, alone; so does a step (deps, …), unless
 * several small steps of one thing share a file.
 */
export function checkVerbs(tree: SourceTree): Problem[] {
  return tree.files
    .filter((file) => FEATURE_FILE.test(file.path) && !file.path.endsWith("/router.ts") && !file.isTest)
    .flatMap((file) => verbProblems(file));
}

function verbProblems(file: SourceFile): Problem[] {
  const work = exportedFunctions(file).filter(({ parameters }) => parameters[0] === "deps");
  const expected = posix
    .basename(file.path, ".ts")
    .replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
  return work.flatMap(({ name, start, parameters }) => {
    const line = file.lineAt(start);
    const isVerb = parameters[1] === "actor";
    const long = `${name} takes ${parameters.length} parameters; a verb takes (deps, actor, input)`;
    const misnamed = `one verb per file, named by it: this file holds ${expected}, so ${name} belongs in its own file`;
    const tooMany = parameters.length > 3;
    const misplaced = name !== expected && (isVerb || work.length === 1);
    return [
      ...(tooMany ? [{ rule: "verbs", file: file.path, line, message: long }] : []),
      ...(misplaced ? [{ rule: "verbs", file: file.path, line, message: misnamed }] : []),
    ];
  });
}
