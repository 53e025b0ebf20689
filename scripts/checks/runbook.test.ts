import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const RUNBOOK = "docs/operations/runbook.md";

/** The names of all alarms in the product's code. */
function alarms(): string[] {
  const files = globSync("{packages,apps}/*/src/**/*.ts", { cwd: ROOT }).filter(
    (file) => !file.endsWith(".test.ts"),
  );
  const named = files.flatMap((file) => [
    ...readFileSync(join(ROOT, file), "utf8").matchAll(/alarm: "(\w+)"/g),
  ]);
  return [...new Set(named.map((match) => match[1] ?? ""))].sort();
}

test("every alarm says in the runbook what it means and what to do", () => {
  const runbook = readFileSync(join(ROOT, RUNBOOK), "utf8");
  expect(alarms().length).toBeGreaterThan(10);
  expect(alarms().filter((alarm) => !runbook.includes(`\`${alarm}\``))).toEqual([]);
});
