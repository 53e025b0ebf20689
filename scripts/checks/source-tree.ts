import { globSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";
import { type Import, readSource, type SourceFile } from "./read-source.ts";

/** A workspace package: its folder, and what its package.json exports (subpath → file). */
export interface WorkspacePackage {
  name: string;
  folder: string;
  exports: Map<string, string>;
}

/** Everything the structure rules look at, parsed once. */
export interface SourceTree {
  root: string;
  files: SourceFile[];
  packages: WorkspacePackage[];
  /** The path an import leads to inside the repository, or null for packages from outside. */
  resolve: (from: SourceFile, imported: Import) => string | null;
}

const SOURCES = ["{apps,packages}/*/**/*.{ts,tsx}", "{scripts,bench,test}/**/*.{ts,tsx}", "*.ts"];
const SKIPPED = /(^|\/)(node_modules|dist|migrations|\.data|\.artifacts)(\/|$)/;

/** Reads every TypeScript file of the repository under `root`, generated ones aside. */
export function readSourceTree(root: string): SourceTree {
  const paths = globSync(SOURCES, { cwd: root, exclude: (path) => SKIPPED.test(String(path)) })
    .map((path) => path.replaceAll("\\", "/"))
    .filter((path) => !SKIPPED.test(path) && !path.endsWith(".d.ts") && !path.endsWith(".gen.ts"));
  const packages = globSync("{apps,packages}/*/package.json", { cwd: root }).map((path) =>
    readPackage(root, path),
  );
  const files = [...new Set(paths)].sort().map((path) => readSource(root, path));
  return { root, files, packages, resolve: (from, imported) => resolveImport(packages, from, imported) };
}

function readPackage(root: string, path: string): WorkspacePackage {
  const folder = posix.dirname(path.replaceAll("\\", "/"));
  const manifest: { name?: string; exports?: Record<string, unknown> } = JSON.parse(
    readFileSync(join(root, path), "utf8"),
  );
  const entries = Object.entries(manifest.exports ?? {}).flatMap(([subpath, target]) =>
    typeof target === "string" ? [[subpath, posix.join(folder, target)] as const] : [],
  );
  return { name: manifest.name ?? folder, folder, exports: new Map(entries) };
}

function resolveImport(packages: WorkspacePackage[], from: SourceFile, { specifier }: Import): string | null {
  if (specifier.startsWith(".")) return posix.join(posix.dirname(from.path), specifier);
  if (specifier.startsWith("@/") || specifier.startsWith("~/"))
    return `${from.owner}/src/${specifier.slice(2)}`;
  const target = packages.find(({ name }) => specifier === name || specifier.startsWith(`${name}/`));
  if (!target) return null;
  const subpath = `.${specifier.slice(target.name.length)}`;
  const exact = target.exports.get(subpath);
  if (exact) return exact;
  const pattern = [...target.exports].find(
    ([key]) => key.endsWith("/*") && subpath.startsWith(key.slice(0, -1)),
  );
  if (!pattern) return `${target.folder}/${subpath}`;
  return pattern[1].replace("*", subpath.slice(pattern[0].length - 1));
}
