/** An error as a test ended in it: its own name and message first, then those of its causes. */
export type ErrorChain = { name: string; message: string }[];

export interface TestFailure {
  project: string;
  file: string;
  test: string;
  errors: ErrorChain[];
}

/** What a run of vitest came to, as far as it matters for a mutant. */
export interface FailureReport {
  /** Tests that passed or failed. */
  ran: number;
  failures: TestFailure[];
  /** What went wrong outside of any test: files that could not be loaded, hooks, unhandled errors. */
  broken: string[];
}
