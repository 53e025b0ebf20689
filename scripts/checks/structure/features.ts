import type { Problem } from "../check.ts";
import type { Import, SourceFile } from "../read-source.ts";
import type { SourceTree } from "../source-tree.ts";

const FEATURE = /^packages\/api\/src\/([^/]+)\//;
const KNOWS_FEATURES = /^packages\/api\/src\/(root|index|contract)\.ts$/;
const ROUTER = /(^|\/)router\.ts$/;

/** Law 3: realtime knows no feature, and no feature imports another feature's router. */
export function checkFeatures(tree: SourceTree): Problem[] {
  return tree.files
    .filter((file) => FEATURE.test(file.path) && !file.isTest)
    .flatMap((file) =>
      file.imports.flatMap((imported) => {
        const message = broken(tree, file, imported);
        return message ? [{ rule: "features", file: file.path, line: imported.line, message }] : [];
      }),
    );
}

function broken(tree: SourceTree, file: SourceFile, imported: Import): string | null {
  const target = tree.resolve(file, imported);
  if (!target?.startsWith("packages/api/src/")) return null;
  const own = FEATURE.exec(file.path)?.[1];
  const other = FEATURE.exec(target)?.[1];
  if (KNOWS_FEATURES.test(target)) return "features do not know the root router: use trpc.ts and deps.ts";
  if (!other || other === own) return null;
  if (own === "realtime") return `realtime knows no feature: let ${other} hand in what realtime needs`;
  return ROUTER.test(target) ? `import ${other}'s verb instead of its router` : null;
}
