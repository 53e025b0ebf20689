import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { ALERTS } from "../../packages/shared/src/alerts.ts";
import { HAPPENINGS } from "../../packages/shared/src/happenings.ts";
import { deadCause } from "../../packages/shared/src/inputs/admin.ts";
import { headingAnchors } from "./docs-links.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const runbook = readFileSync(join(ROOT, "docs/operations/runbook.md"), "utf8");

/** Told under a name that several happenings share. */
const SHARED_NAMES = ["several_live_subscriptions", "money_back"];

/** The names of all alarms in the product's code. */
function alarms(): string[] {
  const files = globSync("{packages,apps}/*/src/**/*.ts", { cwd: ROOT }).filter(
    (file) => !file.endsWith(".test.ts"),
  );
  const named = files.flatMap((file) => [
    ...readFileSync(join(ROOT, file), "utf8").matchAll(/alarm: "(\w+)"/g),
  ]);
  const happened = Object.entries(HAPPENINGS).filter(([, policy]) => policy.operator === "alarm");
  const all = [...named.map((match) => match[1] ?? ""), ...happened.map(([name]) => name), ...SHARED_NAMES];
  return [...new Set(all)].sort();
}

test("every alarm says in the runbook what it means and what to do", () => {
  expect(alarms().length).toBeGreaterThan(15);
  expect(alarms().filter((alarm) => !runbook.includes(`\`${alarm}\``))).toEqual([]);
});

test("every alert has a heading of its own name, which its message leads to, and says what it is above", () => {
  const anchors = headingAnchors(runbook);
  for (const [name, { severity }] of Object.entries(ALERTS)) {
    expect(anchors).toContain(name);
    expect(runbook).toContain(`### ${name}\n\n*${severity} · `);
  }
});

test("every cause of a dead letter says what mends it", () => {
  const section = runbook.split("### dead_letters\n")[1]?.split("\n### ")[0] ?? "";
  for (const cause of deadCause.options) expect(section).toContain(`| \`${cause}\` |`);
});
