/** A kind of test: its files, how long one test may take, and what has to stand before the first one runs. */
export interface Suite {
  name: string;
  include: string[];
  exclude: string[];
  seconds: number;
  setup: string[];
}

const DATABASE = "packages/db/src/testing-setup.ts";
const BROWSER = "scripts/browser/prepare-browser.ts";
const PROOFS = "**/*.proof.test.{ts,tsx}";
const DEPENDENCIES = ["**/node_modules/**", "**/dist/**"];
const EVERYDAY = [...DEPENDENCIES, PROOFS];

/** Every test file belongs to exactly one of these; the structure check says so. */
export const SUITES: Suite[] = [
  { name: "rules", include: ["packages/shared/**/*.test.ts"], exclude: EVERYDAY, seconds: 20, setup: [] },
  {
    name: "emulator",
    include: ["packages/stripe-emulator/**/*.test.ts"],
    exclude: EVERYDAY,
    seconds: 20,
    setup: [],
  },
  { name: "web", include: ["apps/web/src/**/*.test.{ts,tsx}"], exclude: EVERYDAY, seconds: 10, setup: [] },
  { name: "scripts", include: ["{scripts,bench}/**/*.test.ts"], exclude: EVERYDAY, seconds: 60, setup: [] },
  {
    name: "routers",
    include: ["packages/{api,db}/**/*.test.ts", "apps/server/src/**/*.test.ts"],
    exclude: EVERYDAY,
    seconds: 20,
    setup: [DATABASE],
  },
  {
    name: "flows",
    include: ["apps/server/test/**/*.test.ts"],
    exclude: [...EVERYDAY, "apps/server/test/orders/**", "apps/server/test/simulation/**"],
    seconds: 45,
    setup: [DATABASE],
  },
  {
    name: "orders",
    include: ["apps/server/test/orders/**/*.test.ts"],
    exclude: EVERYDAY,
    seconds: 60,
    setup: [DATABASE],
  },
  {
    name: "simulation",
    include: ["apps/server/test/simulation/**/*.test.ts"],
    exclude: EVERYDAY,
    seconds: 120,
    setup: [DATABASE],
  },
  {
    name: "browser",
    include: ["apps/web/test/**/*.test.ts"],
    exclude: EVERYDAY,
    seconds: 90,
    setup: [DATABASE, BROWSER],
  },
  { name: "proof", include: [PROOFS], exclude: DEPENDENCIES, seconds: 600, setup: [DATABASE, BROWSER] },
];
