import { posix } from "node:path";
import type { Problem } from "../check.ts";
import type { SourceFile } from "../read-source.ts";
import type { SourceTree } from "../source-tree.ts";

const KEBAB = /^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9-]+)*\.tsx?$/;
const ROUTE = /^apps\/web\/src\/(app\/)?routes\//;
const SAYS_NOTHING = new Set([
  "util",
  "utils",
  "helper",
  "helpers",
  "common",
  "manager",
  "service",
  "services",
  "misc",
]);

/** Files are kebab-case and named by what they do. */
export function checkNames(tree: SourceTree): Problem[] {
  return tree.files.flatMap((file) => {
    const message = badName(file);
    return message ? [{ rule: "names", file: file.path, line: 1, message }] : [];
  });
}

function badName(file: SourceFile): string | null {
  if (!KEBAB.test(posix.basename(file.path)) && !ROUTE.test(file.path)) {
    return "file names are kebab-case: what-it-does.ts";
  }
  const words = file.path.replace(/\.tsx?$/, "").split(/[/.-]/);
  const empty = words.find((word) => SAYS_NOTHING.has(word));
  return empty ? `“${empty}” says nothing: name the file by what it does, and put it beside its user` : null;
}
