import type { Problem } from "../check.ts";
import type { Import, SourceFile } from "../read-source.ts";
import type { SourceTree } from "../source-tree.ts";

const SEES: Record<string, string[]> = {
  "packages/shared": [],
  "packages/stripe-emulator": [],
  "packages/db": ["packages/shared"],
  "packages/api": ["packages/shared", "packages/db"],
  "apps/server": ["packages/shared", "packages/db", "packages/api"],
  "apps/web": ["packages/shared", "packages/api"],
};
const WEB_CONTRACT = "packages/api/src/contract.ts";

/** shared ← db ← api ← server; the web sees shared and the types of api/contract; the emulator sees nobody. */
export function checkLayers(tree: SourceTree): Problem[] {
  return tree.files.flatMap((file) =>
    file.imports.flatMap((imported) => {
      const message = broken(tree, file, imported);
      return message ? [{ rule: "layers", file: file.path, line: imported.line, message }] : [];
    }),
  );
}

function broken(tree: SourceTree, file: SourceFile, imported: Import): string | null {
  const target = tree.resolve(file, imported);
  const allowed = SEES[file.owner];
  if (!target || !allowed) return null;
  const to = target.split("/").slice(0, 2).join("/");
  if (to === file.owner) return null;
  if (file.owner === "packages/stripe-emulator") {
    return `the emulator is an outside party and imports none of ours (${to}); speak HTTP to it instead`;
  }
  if (file.isTest && file.owner !== "packages/shared") return null;
  if (imported.specifier.startsWith(".")) {
    return `reaches into ${to} by a relative path; import the package by its name`;
  }
  if (!allowed.includes(to)) {
    return `${file.owner} may not see ${to}; what both need belongs in ${allowed[0] ?? "the file itself"}`;
  }
  if (file.owner === "apps/web" && to === "packages/api" && (target !== WEB_CONTRACT || !imported.typeOnly)) {
    return "the web sees only types of @liveassist/api/contract: use `import type`, and move values to shared";
  }
  return null;
}
