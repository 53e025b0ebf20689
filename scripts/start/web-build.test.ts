import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { temporaryFolder } from "./test/temporary-folder.ts";
import { hashInputs } from "./web-build.ts";

test("a change of what the web is made of asks for a new build, and nothing else does", () => {
  const { path, remove } = temporaryFolder();
  onTestFinished(remove);
  const write = (file: string, text: string) => {
    mkdirSync(join(path, file, ".."), { recursive: true });
    writeFileSync(join(path, file), text);
    return hashInputs(path);
  };
  const first = write("apps/web/src/main.tsx", "one");
  expect(write("apps/web/dist/index.html", "built")).toBe(first);
  expect(write("apps/web/node_modules/react/index.js", "installed")).toBe(first);
  expect(write("apps/web/src/main.test.tsx", "tested")).toBe(first);
  expect(write("apps/server/src/main.ts", "served")).toBe(first);
  expect(write("apps/web/src/main.tsx", "two")).not.toBe(first);
  const second = hashInputs(path);
  expect(write("packages/shared/src/plans.ts", "39")).not.toBe(second);
});
