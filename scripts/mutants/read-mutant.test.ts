import { join } from "node:path";
import { expect, test } from "vitest";
import { plantRepository } from "../testing/plant-repository.ts";
import { readMutant } from "./read-mutant.ts";

const DIFF = `diff --git a/old.ts b/new.ts
--- a/old.ts
+++ b/new.ts
@@ -1 +1 @@
-const a = 1;
+const a = 2;
`;

const read = (text: string) => readMutant(join(plantRepository({ "my.patch": text }), "my.patch"));

test("a header names the mistake and the tests, with or without their project", () => {
  const header = "name: one too many\ntests: rules a/b.test.ts a/c.test.ts\ntests: d/e.test.ts\n\n";
  expect(read(header + DIFF)).toMatchObject({
    name: "one too many",
    tests: [
      { project: "rules", file: "a/b.test.ts" },
      { project: "rules", file: "a/c.test.ts" },
      { project: null, file: "d/e.test.ts" },
    ],
    touched: ["new.ts", "old.ts"],
  });
});

test("any diff will do; lines in it that look like a header are none", () => {
  expect(read(`${DIFF}+name: not me\n`)).toMatchObject({ name: "my.patch", tests: [] });
  expect(() => read("name: nothing\n")).toThrow('no line "+++ b/<path>" in it');
});
