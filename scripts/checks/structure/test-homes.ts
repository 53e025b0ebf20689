import { posix } from "node:path";
import { SUITES } from "../../testing/suites.ts";
import type { Problem } from "../check.ts";
import type { SourceTree } from "../source-tree.ts";

/** Every test file is run by exactly one suite; one that none runs would be green for ever. */
export function checkTestHomes(tree: SourceTree): Problem[] {
  return tree.files
    .filter(({ path }) => /\.test\.tsx?$/.test(path))
    .flatMap(({ path }) => {
      const matches = (patterns: string[]): boolean =>
        patterns.some((pattern) => posix.matchesGlob(path, pattern));
      const homes = SUITES.filter(({ include, exclude }) => matches(include) && !matches(exclude));
      if (homes.length === 1) return [];
      const names = homes.map(({ name }) => name).join(" and ");
      const message = `run by ${names || "no suite"}; its place must fit exactly one of scripts/testing/suites.ts`;
      return [{ rule: "test-homes", file: path, line: 1, message }];
    });
}
