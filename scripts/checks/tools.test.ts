import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { plantRepository } from "../testing/plant-repository.ts";
import { checkBiome } from "./biome.ts";
import type { CheckReport } from "./check.ts";
import { checkUnused } from "./knip.ts";
import { checkTypes } from "./types.ts";

function plantWithTools(files: Record<string, string>): string {
  const root = plantRepository({ "package.json": '{ "name": "planted", "type": "module" }', ...files });
  symlinkSync(join(import.meta.dirname, "../../node_modules"), join(root, "node_modules"), "junction");
  return root;
}

function told({ problems }: CheckReport): string {
  return problems.join("\n");
}

test("a warning of Biome is a problem", async () => {
  const config =
    '{ "formatter": { "enabled": false }, "linter": { "rules": { "suspicious": { "noConsole": "warn" } } } }\n';
  const bad = plantWithTools({ "biome.json": config, "a.js": 'console.log("a");\n' });
  const good = plantWithTools({ "biome.json": config, "a.js": 'export const a = "a";\n' });
  expect(told(await checkBiome(bad))).toContain("noConsole");
  expect(told(await checkBiome(good))).toBe("");
});

test("a type error in any package is a problem, an empty package is none", async () => {
  const config = '{ "compilerOptions": { "noEmit": true, "types": [] }, "include": ["*.ts"] }';
  const root = plantWithTools({
    "tsconfig.json": config,
    "a.ts": "export const a: number = 1;\n",
    "packages/empty/tsconfig.json": config,
    "packages/wrong/tsconfig.json": config,
    "packages/wrong/b.ts": 'export const b: number = "b";\n',
  });
  const report = await checkTypes(root);
  expect(report.problems).toHaveLength(1);
  expect(told(report)).toContain("packages/wrong/b.ts(1,14): error TS2322");
  expect(await checkTypes(root), "what is remembered of an unchanged file includes its error").toEqual(
    report,
  );
});

test("an unused file and an unused export are problems", async () => {
  const root = plantWithTools({
    "knip.json": '{ "entry": ["main.ts"], "project": ["*.ts"] }',
    "main.ts": 'import { used } from "./part.ts";\nused();\n',
    "part.ts": "export function used() {}\nexport function forgotten() {}\n",
    "lonely.ts": "export {};\n",
  });
  const report = told(await checkUnused(root));
  expect(report).toContain("lonely.ts");
  expect(report).toContain("forgotten");
});
