import type { ErrorChain, FailureReport, TestFailure } from "./failure-report.ts";

/** What became of a mutant. */
export type Verdict =
  | { kind: "caught"; project: string; file: string; test: string; assertion: string }
  | { kind: "survived" }
  /** Something failed, but no assertion: a timeout, a crash while loading. That proves no test knows the mistake. */
  | { kind: "unproven"; reason: string }
  /** Not a mistake that could have been made: it does not apply, or does not compile. */
  | { kind: "invalid"; reason: string };

/** The rules' generator says a property that answered false in words of its own; that is an assertion, too. */
const ANSWERED_FALSE = "Property failed by returning false";

function assertionOf(chain: ErrorChain): string | null {
  const found = chain.find(
    ({ name, message }) => name === "AssertionError" || message.includes(ANSWERED_FALSE),
  );
  return found ? firstLine(found.message) : null;
}

const firstLine = (message: string): string =>
  message.split("\n").find((line) => line.trim() !== "") ?? message;

/** Judges a run with a mistake planted: caught only by a test that failed in an assertion. */
export function judgeRun(report: FailureReport): Verdict {
  for (const { project, file, test, errors } of report.failures) {
    for (const chain of errors) {
      const assertion = assertionOf(chain);
      if (assertion !== null) return { kind: "caught", project, file, test, assertion };
    }
  }
  const [first] = report.failures;
  if (first) return { kind: "unproven", reason: `${first.test}: ${sayErrors(first)}` };
  const [broken] = report.broken;
  if (broken !== undefined) return { kind: "unproven", reason: firstLine(broken) };
  return report.ran > 0 ? { kind: "survived" } : { kind: "unproven", reason: "ran no test" };
}

const sayErrors = ({ errors }: TestFailure): string =>
  errors.map(([error]) => `${error?.name}: ${firstLine(error?.message ?? "")}`).join("; ");
