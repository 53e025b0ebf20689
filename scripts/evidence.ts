import { resolve } from "node:path";
import { EXIT, runCommand } from "./console/run-command.ts";
import type { Step } from "./evidence/runbook.ts";

const ROOT = resolve(import.meta.dirname, "..");
const HELP = `npm run evidence [-- --json]

Starts the product with data of its own, plays purchases, chat, limits and trials in a real browser (requirement R36), and
leaves the proof in .artifacts/evidence/<run>/: index.html shows it, manifest.json lists every file with its SHA-256.
Each claim is judged by the files that were written.

  --json   run, folder and verdicts as JSON on stdout

Ends with 0: every claim holds, 1: one does not, or it could not be played to its end, 2: bad arguments.`;

await runCommand({
  help: HELP,
  options: { json: { type: "boolean" } },
  refuse: ({ words }) => (words.length === 0 ? null : `"${words[0]}" means nothing here.`),
  async work({ values }) {
    const { runEvidence } = await import("./evidence/run-evidence.ts");
    const evidence = await runEvidence({
      root: ROOT,
      into: resolve(ROOT, ".artifacts/evidence"),
      onStep: tell,
    });
    const failed = evidence.judged.filter(({ problem }) => problem !== null);
    if (values["json"] === true) console.log(JSON.stringify(evidence, null, 2));
    else {
      for (const { part, says, problem } of failed) console.log(`FAIL  ${part}: ${says}\n      ${problem}`);
      console.log(`${evidence.judged.length - failed.length} of ${evidence.judged.length} claims hold.`);
      console.log(`Open ${evidence.path}/index.html`);
    }
    return failed.length === 0 ? EXIT.done : EXIT.notDone;
  },
});

function tell({ ms, who, what, problem }: Step): void {
  const seconds = `${(ms / 1000).toFixed(1)} s`.padStart(7);
  process.stderr.write(
    `${seconds}  ${who.padEnd(8)}  ${what}${problem === null ? "" : `: FAILED, ${problem}`}\n`,
  );
}
