import { existsSync } from "node:fs";
import { defineConfig, type TestProjectInlineConfiguration } from "vitest/config";

const PROOFS = "**/*.proof.test.{ts,tsx}";
const DATABASE = "packages/db/src/testing-setup.ts";
const BROWSER = "scripts/browser/prepare-browser.ts";
const DEPENDENCIES = ["**/node_modules/**", "**/dist/**"];

interface Suite {
  name: string;
  include: string[];
  exclude?: string[];
  seconds: number;
  setup?: string[];
}

// One project for each kind of test; scripts/test.ts runs them one after another, this file says what they are.
const suites: Suite[] = [
  { name: "rules", include: ["packages/shared/**/*.test.ts"], seconds: 20 },
  { name: "emulator", include: ["packages/stripe-emulator/**/*.test.ts"], seconds: 20 },
  { name: "web", include: ["apps/web/src/**/*.test.{ts,tsx}"], seconds: 10 },
  { name: "scripts", include: ["{scripts,bench}/**/*.test.ts"], seconds: 60 },
  {
    name: "routers",
    include: ["packages/{api,db}/**/*.test.ts", "apps/server/src/**/*.test.ts"],
    seconds: 20,
    setup: [DATABASE],
  },
  {
    name: "flows",
    include: ["apps/server/test/**/*.test.ts"],
    exclude: ["apps/server/test/orders/**"],
    seconds: 45,
    setup: [DATABASE],
  },
  { name: "orders", include: ["apps/server/test/orders/**/*.test.ts"], seconds: 60, setup: [DATABASE] },
  { name: "browser", include: ["apps/web/test/**/*.test.ts"], seconds: 90, setup: [DATABASE, BROWSER] },
];

const proof: Suite = { name: "proof", include: [PROOFS], seconds: 600, setup: [DATABASE, BROWSER] };

export default defineConfig({
  test: {
    maxWorkers: 2,
    pool: "forks",
    projects: [...suites.map((suite) => toProject(suite, [PROOFS])), toProject(proof, [])],
  },
});

function toProject(suite: Suite, alsoExcluded: string[]): TestProjectInlineConfiguration {
  return {
    test: {
      name: suite.name,
      include: suite.include,
      exclude: [...DEPENDENCIES, ...(suite.exclude ?? []), ...alsoExcluded],
      testTimeout: suite.seconds * 1000,
      hookTimeout: Math.max(suite.seconds, 60) * 1000,
      setupFiles: ["scripts/testing/fail-on-leaks.ts"],
      globalSetup: (suite.setup ?? []).filter((path) => existsSync(new URL(path, import.meta.url))),
    },
  };
}
