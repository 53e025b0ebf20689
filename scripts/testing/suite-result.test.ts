import { expect, test } from "vitest";
import { readVitestReport } from "./read-vitest-report.ts";
import { suiteTable, totalLine } from "./suite-result.ts";

const file = (status: string, ...tests: string[]) => ({
  name: "a.test.ts",
  status,
  assertionResults: tests.map((each) => ({ status: each })),
});
const report = (...files: ReturnType<typeof file>[]): string => JSON.stringify({ testResults: files });

test("tests are counted by what became of them", () => {
  const json = report(file("passed", "passed", "pending", "todo"), file("failed", "failed", "passed"));
  expect(readVitestReport("flows", json, 1)).toEqual({ name: "flows", passed: 2, failed: 1, skipped: 2 });
});

test("a runner that crashed before it wrote results has failed", () => {
  expect(readVitestReport("flows", null, 139)).toMatchObject({ passed: 0, failed: 1 });
  expect(readVitestReport("flows", '{"testRes', 0)).toMatchObject({ passed: 0, failed: 1 });
});

test("a suite that ran no test has failed", () => {
  expect(readVitestReport("flows", report(), 0)).toMatchObject({ failed: 1, trouble: "ran no test" });
});

test("a file that could not be loaded has failed, whatever the others did", () => {
  const json = report(file("failed"), file("passed", "passed"));
  expect(readVitestReport("flows", json, 1)).toMatchObject({ passed: 1, failed: 1 });
});

test("an error outside of any test, as a leak, is a failure", () => {
  expect(readVitestReport("flows", report(file("passed", "passed")), 1)).toMatchObject({
    passed: 1,
    failed: 1,
  });
});

test("the last line adds everything up and mentions skipped ones only if there are any", () => {
  const a = { name: "a", passed: 3, failed: 0, skipped: 0, seconds: 1 };
  expect(totalLine([a, a])).toBe("6 passed, 0 failed");
  expect(totalLine([a, { ...a, failed: 1, skipped: 2 }])).toBe("6 passed, 1 failed, 2 skipped");
  expect(suiteTable([{ ...a, trouble: "ran no test" }])).toContain("ran no test");
});
