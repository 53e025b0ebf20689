import type { Problem } from "../check.ts";
import type { SourceFile } from "../read-source.ts";
import type { SourceTree } from "../source-tree.ts";
import { exportedFunctions } from "./exported-functions.ts";

/** Every function a package exports says what it does, in which units, and how it can end. */
export function checkDocstrings(tree: SourceTree): Problem[] {
  return tree.files
    .filter((file) => file.owner.startsWith("packages/") && !file.isTest)
    .flatMap((file) =>
      exportedFunctions(file)
        .filter(({ start }) => !hasDocstring(file, start))
        .map(({ name, start }) => ({
          rule: "docstrings",
          file: file.path,
          line: file.lineAt(start),
          message: `${name} needs a /** docstring */: what, units, errors, source of the rule`,
        })),
    );
}

function hasDocstring(file: SourceFile, start: number): boolean {
  return file.comments.some(
    (comment) =>
      comment.type === "Block" &&
      comment.value.startsWith("*") &&
      comment.end <= start &&
      file.text.slice(comment.end, start).trim() === "",
  );
}
