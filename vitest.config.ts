import { defineConfig } from "vitest/config";
import { PATIENCE_MS } from "./scripts/testing/patience.ts";
import { SUITES } from "./scripts/testing/suites.ts";

// One project for each suite; scripts/test.ts runs them one after another.
export default defineConfig({
  test: {
    maxWorkers: 2,
    pool: "forks",
    projects: SUITES.map(({ name, include, exclude, seconds, setup }) => ({
      test: {
        name,
        include,
        exclude,
        testTimeout: seconds * 1000,
        hookTimeout: Math.max(seconds, 60) * 1000,
        expect: { poll: { timeout: PATIENCE_MS } },
        setupFiles: ["scripts/testing/fail-on-leaks.ts", "scripts/testing/wait-patiently.ts"],
        globalSetup: setup,
      },
    })),
  },
});
