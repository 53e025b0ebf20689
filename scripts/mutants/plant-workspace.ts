import { execFileSync } from "node:child_process";
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { plantRepository } from "../testing/plant-repository.ts";

const ORIGINAL = join(import.meta.dirname, "..", "..");
const TSCONFIG = JSON.stringify({
  extends: join(ORIGINAL, "tsconfig.base.json"),
  compilerOptions: { types: [] },
  include: ["src"],
});
const config = `import { defineConfig } from "vitest/config";
export default defineConfig({ test: { projects: [
  { test: { name: "rules", include: ["packages/**/*.test.ts"], testTimeout: 5000 } }] } });`;

/** What `add` is in the planted repository; mistakes are planted here. */
export const ADD = `/** Adds. */
export async function add(a: number, b: number): Promise<number> {
  return a + b;
}
`;
const TEST = `import { expect, test } from "vitest";
import { twice } from "./twice.ts";
test("twice two is four", async () => {
  expect(await twice(2)).toBe(4);
});
`;

/** A repository with two packages, one built on the other, tested through the outer one; gone after the test. */
export function plantWorkspace(): string {
  const root = plantRepository({
    "package.json": '{ "name": "planted", "type": "module" }',
    "vitest.config.ts": config,
    ".gitignore": "node_modules\n.artifacts\n",
    "packages/sum/package.json": '{ "name": "@planted/sum", "type": "module", "exports": "./src/add.ts" }',
    "packages/sum/tsconfig.json": TSCONFIG,
    "packages/sum/src/add.ts": ADD,
    "packages/outer/package.json": '{ "name": "@planted/outer", "type": "module" }',
    "packages/outer/tsconfig.json": TSCONFIG,
    "packages/outer/src/twice.ts":
      'import { add } from "@planted/sum";\nexport const twice = (a: number): Promise<number> => add(a, a);\n',
    "packages/outer/src/twice.test.ts": TEST,
  });
  const link = (target: string, at: string): void => {
    mkdirSync(join(root, at, ".."), { recursive: true });
    symlinkSync(target, join(root, at), "junction");
  };
  for (const name of [".bin", "vitest", "typescript"])
    link(join(ORIGINAL, "node_modules", name), `node_modules/${name}`);
  link(join(root, "packages", "sum"), "packages/outer/node_modules/@planted/sum");
  execFileSync("git", ["init", "-q"], { cwd: root });
  execFileSync("git", ["add", "-A"], { cwd: root });
  return root;
}

/** Writes a patch that turns `ADD` into something else. Its header says what catches it, unless it is to be `bare`. */
export function writePatch(root: string, name: string, body: { now: string; bare?: boolean }): string {
  const header = body.bare ? "" : `name: ${name}\ntests: rules packages/outer/src/twice.test.ts\n\n`;
  const lines = (text: string, sign: string): string => text.replace(/^(?=.)/gm, sign);
  const [before, after] = [ADD, body.now].map((text) => text.trimEnd().split("\n").length);
  const diff = `diff --git a/packages/sum/src/add.ts b/packages/sum/src/add.ts
--- a/packages/sum/src/add.ts
+++ b/packages/sum/src/add.ts
@@ -1,${before} +1,${after} @@
${lines(ADD, "-")}${lines(body.now, "+")}`;
  const file = join(root, `${name.replaceAll(" ", "-")}.patch`);
  writeFileSync(file, header + diff);
  return file;
}
