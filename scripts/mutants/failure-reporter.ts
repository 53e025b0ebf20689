import { writeFileSync } from "node:fs";
import { relative } from "node:path";
import type { Reporter, SerializedError, TestCase, TestModule } from "vitest/node";
import type { ErrorChain, FailureReport } from "./failure-report.ts";

const MAX_CAUSES = 5;

/** Vitest's own JSON leaves out the names and the causes of errors; a mutant is judged by them. Written to MUTANT_REPORT. */
export default class FailureReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly SerializedError[]): void {
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    const states = tests.map((test) => test.result().state);
    const report: FailureReport = {
      ran: states.filter((state) => state === "passed" || state === "failed").length,
      failures: tests.filter((test) => test.result().state === "failed").map(toFailure),
      broken: [...modules.flatMap(brokenParts), ...unhandled.map(({ message }) => message)],
    };
    const path = process.env["MUTANT_REPORT"];
    if (path === undefined) throw new Error("MUTANT_REPORT must name the file to write");
    writeFileSync(path, JSON.stringify(report, null, 2));
  }
}

const fileOf = (module: TestModule): string => relative(process.cwd(), module.moduleId).replaceAll("\\", "/");

const toFailure = (test: TestCase) => ({
  project: test.project.name,
  file: fileOf(test.module),
  test: test.fullName,
  errors: (test.result().errors ?? []).map(toChain),
});

function toChain(error: SerializedError): ErrorChain {
  const chain: ErrorChain = [];
  let at: SerializedError | undefined = error;
  for (; at && chain.length < MAX_CAUSES; at = at.cause as SerializedError | undefined)
    chain.push({ name: at.name ?? "Error", message: at.message ?? String(at) });
  return chain;
}

function brokenParts(module: TestModule): string[] {
  const suites = [...module.children.allSuites()].flatMap((suite) => suite.errors());
  return [...module.errors(), ...suites].map(({ message }) => `${fileOf(module)}: ${message}`);
}
