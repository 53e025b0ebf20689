import { posix } from "node:path";
import type { Problem } from "../check.ts";
import type { SourceFile } from "../read-source.ts";
import type { SourceTree } from "../source-tree.ts";
import { exportedFunctions } from "./exported-functions.ts";

const FEATURE_FILE = /^packages\/api\/src\/[^/]+\/[^/]+\.ts$/;

/** Laws 2 and 4: a verb takes (deps, actor, input), stands alone in its file, and the file is named by it. */
export function checkVerbs(tree: SourceTree): Problem[] {
  return tree.files
    .filter((file) => FEATURE_FILE.test(file.path) && !file.path.endsWith("/router.ts") && !file.isTest)
    .flatMap((file) => verbProblems(file));
}

function verbProblems(file: SourceFile): Problem[] {
  const verbs = exportedFunctions(file).filter(({ parameters }) => parameters[0] === "deps");
  const expected = posix
    .basename(file.path, ".ts")
    .replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
  return verbs.flatMap(({ name, start, parameters }) => {
    const line = file.lineAt(start);
    const tooMany = parameters.length > 3;
    const long = `${name} takes ${parameters.length} parameters; a verb takes (deps, actor, input)`;
    const misnamed = `one verb per file, named by it: this file holds ${expected}, so ${name} belongs in its own file`;
    return [
      ...(tooMany ? [{ rule: "verbs", file: file.path, line, message: long }] : []),
      ...(name === expected ? [] : [{ rule: "verbs", file: file.path, line, message: misnamed }]),
    ];
  });
}
