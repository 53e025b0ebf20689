import type { Problem } from "../check.ts";
import type { SourceTree } from "../source-tree.ts";

/** Laws 1 and 7: shared imports zod only, reaches no platform, and has subpath exports without a root entry. */
export function checkSharedIsPure(tree: SourceTree): Problem[] {
  const imports = tree.files
    .filter((file) => file.owner === "packages/shared" && !file.isTest)
    .flatMap((file) =>
      file.imports
        .filter(({ specifier }) => !specifier.startsWith(".") && !/^zod(\/|$)/.test(specifier))
        .map(({ specifier, line }) => ({
          rule: "shared-is-pure",
          file: file.path,
          line,
          message: `shared imports zod only, not ${specifier}: what needs it belongs in packages/api`,
        })),
    );
  const shared = tree.packages.find(({ folder }) => folder === "packages/shared");
  if (!shared?.exports.has(".")) return imports;
  const message =
    "shared has no root entry: import @liveassist/shared/<file>, so the web loads only what it uses";
  return [...imports, { rule: "shared-is-pure", file: "packages/shared/package.json", line: 1, message }];
}
