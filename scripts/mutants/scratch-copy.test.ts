import { existsSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { ADD, plantWorkspace, writePatch } from "./plant-workspace.ts";
import { makeScratchCopy } from "./scratch-copy.ts";

const SOURCE = "packages/sum/src/add.ts";

async function copyOf(root: string) {
  const copy = await makeScratchCopy(root);
  onTestFinished(() => copy.remove());
  return { copy, read: (): string => readFileSync(join(copy.root, SOURCE), "utf8") };
}

test("a mistake is planted in the copy alone, and taken back", async () => {
  const root = plantWorkspace();
  const { copy, read } = await copyOf(root);
  expect(await copy.plant(writePatch(root, "subtracts", { now: ADD.replace("a + b", "a - b") }))).toBeNull();
  expect(read()).toContain("a - b");
  expect(readFileSync(join(root, SOURCE), "utf8")).toBe(ADD);
  await copy.reset();
  expect(read()).toBe(ADD);
  copy.remove();
  expect(existsSync(copy.root)).toBe(false);
});

test("our own packages are the copy's, what comes from a registry is the original's", async () => {
  const root = plantWorkspace();
  const { copy } = await copyOf(root);
  const sum = realpathSync(join(copy.root, "packages/outer/node_modules/@planted/sum"));
  expect(sum).toBe(join(copy.root, "packages/sum"));
  const vitest = "node_modules/vitest";
  expect(realpathSync(join(copy.root, vitest))).toBe(realpathSync(join(root, vitest)));
});

test("a package of ours that leads out of the copy is refused: it would test the original", async () => {
  const root = plantWorkspace();
  const link = join(root, "packages/outer/node_modules/@planted/sum");
  rmSync(link);
  symlinkSync(realpathSync(join(root, "node_modules/vitest")), link, "junction");
  await expect(makeScratchCopy(root)).rejects.toThrow("would test the original");
});

test("work that is not committed is copied, too", async () => {
  const root = plantWorkspace();
  writeFileSync(join(root, "packages/sum/src/new.ts"), "export {};\n");
  const { copy } = await copyOf(root);
  expect(existsSync(join(copy.root, "packages/sum/src/new.ts"))).toBe(true);
});

test("a patch still applies when lines were added above its place", async () => {
  const root = plantWorkspace();
  const patch = join(root, "moved.patch");
  writeFileSync(
    patch,
    `--- a/${SOURCE}
+++ b/${SOURCE}
@@ -1,4 +1,4 @@
 /** Adds what was said differently when this was written. */
 export async function add(a: number, b: number): Promise<number> {
-  return a + b;
+  return a - b;
 }
`,
  );
  writeFileSync(join(root, SOURCE), `export {};\n\n${ADD}`);
  const { copy, read } = await copyOf(root);
  expect(await copy.plant(patch)).toBeNull();
  expect(read()).toContain("return a - b");
});

test("a patch that does not apply is said in git's words, and leaves nothing behind", async () => {
  const root = plantWorkspace();
  writeFileSync(join(root, SOURCE), "export const add = (a: number, b: number) => a + b;\n");
  const { copy, read } = await copyOf(root);
  const patch = writePatch(root, "subtracts", { now: ADD.replace("a + b", "a - b") });
  expect(await copy.plant(patch)).toContain(`patch failed: ${SOURCE}:1`);
  expect(read()).toBe("export const add = (a: number, b: number) => a + b;\n");
});
