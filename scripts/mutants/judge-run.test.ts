import { expect, test } from "vitest";
import type { ErrorChain, FailureReport } from "./failure-report.ts";
import { judgeRun } from "./judge-run.ts";

const failing = (...errors: ErrorChain[]): FailureReport => ({
  ran: 3,
  failures: [{ project: "rules", file: "a.test.ts", test: "a rule holds", errors }],
  broken: [],
});

test("an assertion behind a property's failure counts, as does a property that answers false", () => {
  const property = { name: "Error", message: "Property failed after 2 tests" };
  const assertion = { name: "AssertionError", message: "\nexpected 1 to be 2\n- 2" };
  expect(judgeRun(failing([property, assertion]))).toMatchObject({
    kind: "caught",
    assertion: "expected 1 to be 2",
  });
  const answer = { name: "Error", message: "Property failed by returning false" };
  expect(judgeRun(failing([property, answer])).kind).toBe("caught");
  const crash = { name: "TypeError", message: "x is not a function" };
  expect(judgeRun(failing([property, crash])).kind).toBe("unproven");
});

test("an assertion after another error of the same test counts", () => {
  const timeout = { name: "Error", message: "Test timed out in 20000ms." };
  expect(judgeRun(failing([timeout])).kind).toBe("unproven");
  expect(judgeRun(failing([timeout], [{ name: "AssertionError", message: "no" }])).kind).toBe("caught");
});

test("a run without any test is no survival", () => {
  expect(judgeRun({ ran: 3, failures: [], broken: [] })).toEqual({ kind: "survived" });
  expect(judgeRun({ ran: 0, failures: [], broken: [] }).kind).toBe("unproven");
  expect(judgeRun({ ran: 3, failures: [], broken: ["a.test.ts: cannot be loaded"] }).kind).toBe("unproven");
});
