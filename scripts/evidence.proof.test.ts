import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { launchBrowser } from "./browser/launch-browser.ts";
import { allClaims } from "./evidence/claims/all-claims.ts";
import { Files, judgeClaim, PARTS } from "./evidence/claims/claim.ts";
import type { RunFacts } from "./evidence/claims/file-claims.ts";
import { type Evidence, runEvidence } from "./evidence/run-evidence.ts";
import type { Listed } from "./evidence/run-folder.ts";
import type { Step } from "./evidence/runbook.ts";
import type { Stamp } from "./evidence/stamp.ts";
import { temporaryFolder } from "./start/test/temporary-folder.ts";

const folder = temporaryFolder();
let evidence: Evidence;

beforeAll(async () => {
  evidence = await runEvidence({
    root: resolve(import.meta.dirname, ".."),
    into: folder.path,
    onStep: () => {},
  });
}, 500_000);
afterAll(folder.remove);

/** A copy of the run in which one file says something else; answers the claims that fall by it. */
function tamper(name: string, change: (text: string) => string): string[] {
  const copy = join(folder.path, `tampered-${crypto.randomUUID()}`);
  cpSync(evidence.path, copy, { recursive: true });
  const path = join(copy, name);
  const before = readFileSync(path, "utf8");
  const after = change(before);
  expect(after).not.toBe(before);
  writeFileSync(path, after);
  const files = new Files(copy);
  const {
    steps,
    files: listed,
    ...stamp
  } = files.data<Stamp & { steps: Step[]; files: Listed[] }>("manifest.json");
  const run: RunFacts = { stamp, listed, steps };
  const judged = allClaims(run).map((claim) => judgeClaim(claim, files));
  return judged.flatMap(({ says, problem }) => (problem === null ? [] : [says]));
}

test("every claim holds, and everything requirement R36 lists is claimed", () => {
  expect(evidence.judged.filter(({ problem }) => problem !== null)).toEqual([]);
  expect(new Set(evidence.judged.map(({ part }) => part))).toEqual(new Set(Object.keys(PARTS)));
});

test("the index page opens from the folder, shows every part and picture, and needs no script and no network", async () => {
  const browser = await launchBrowser();
  try {
    const context = await browser.newContext({ javaScriptEnabled: false, offline: true });
    const page = await context.newPage();
    const failed: string[] = [];
    page.on("requestfailed", (request) => failed.push(request.url()));
    page.on("console", (message) => failed.push(message.text()));
    await page.goto(pathToFileURL(join(evidence.path, "index.html")).href);
    await page.getByText(`PASS: all ${evidence.judged.length} claims hold`).waitFor();
    for (const title of Object.values(PARTS)) {
      await page.getByRole("heading", { level: 2, name: title, exact: true }).waitFor();
      expect(await page.getByRole("link", { name: title, exact: true }).count()).toBe(1);
    }
    expect(await page.locator("figure img").count()).toBeGreaterThanOrEqual(18);
    expect(failed).toEqual([]);
  } finally {
    await browser.close();
  }
});

test.each([
  ["purchase/b-me-after-a-paid.json", ['"xp": 0', '"xp": 250'], "A's purchase changes nothing for B"],
  [
    "limit/third-image.json",
    ['"status": 403', '"status": 201'],
    "The server answers a third picture with 403 IMAGE_DAY_LIMIT",
  ],
  [
    "trial/d-me-ended.json",
    ['"free"', '"paid"'],
    "D cancelled the trial, kept access until its end, fell back to Free then, and paid nothing",
  ],
  [
    "console/a-second-tab.log",
    ["subscription.updated {", "nothing {"],
    "Console of A's second tab: subscription.updated with paid and 250 XP awarded, then setUser with paid",
  ],
  [
    "chat/local-storage-after.json",
    ['"liveassistSessionId"', '"other"'],
    "localStorage names the same LiveAssist session before, while away and after",
  ],
  [
    "database/webhook_events.json",
    ['"processed"', '"dead"'],
    "Every row of webhook_events came to a good end; none is a dead letter, none waits",
  ],
] as const)(
  "%s that says something else lets its claim fall, and is seen to be changed",
  (name, [from, to], says) => {
    const fallen = tamper(name, (text) => text.replace(from, to));
    expect(fallen).toEqual(expect.arrayContaining([says, "Every file is as it was written, by its SHA-256"]));
  },
);

test("a file of another run is seen", () => {
  const fallen = tamper("purchase/a-me-before.json", (text) =>
    text.replace(evidence.run, "20200101-000000-aaaaaa"),
  );
  expect(fallen.some((says) => says.startsWith(`Every file carries run ${evidence.run}`))).toBe(true);
});
