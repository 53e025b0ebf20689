import { recordAction } from "../packages/api/src/index.ts";
import { tellProgress } from "./console/progress.ts";
import { type Asked, EXIT, runCommand } from "./console/run-command.ts";
import { type Console, withServer } from "./console/with-server.ts";
import { howFar } from "./reconcile/how-far.ts";
import { inWords } from "./reconcile/in-words.ts";
import { type Led, leadOwnWalk } from "./reconcile/lead.ts";

const HELP = `npm run reconcile -- [--accept-downgrades] [--json]

Compares everything with Stripe now, repairs what differs, fetches events that never arrived, and says what it found.

  --accept-downgrades   also when it takes Premium from many at once
  --json                the report as JSON on stdout (npm run -s reconcile -- --json keeps npm's own lines out)

Ends with 0: done, 1: it stopped, failed or is not finished, 2: bad arguments. It is written down in the console's list of
actions, and its differences in the drift report.`;

await runCommand({
  help: HELP,
  options: { "accept-downgrades": { type: "boolean" }, json: { type: "boolean" } },
  refuse: ({ words }) => (words.length === 0 ? null : `"${words[0]}" means nothing here.`),
  work: (asked) => withServer((console) => compare(console, asked)),
});

async function compare({ deps, inbox, sql }: Console, { values }: Asked): Promise<number> {
  const progress = tellProgress();
  const acceptDowngrades = values["accept-downgrades"] === true;
  const [known] = await sql<{ n: number }[]>`
    select (select count(*) from subscriptions)::int as n`;
  const run = (): Promise<Led> =>
    leadOwnWalk(deps, {
      acceptDowngrades,
      onWay(report) {
        const { part, words } = howFar(report, known?.n ?? 0);
        progress.show(part, words);
      },
    });
  let led: Led;
  try {
    led = await recordAction(
      deps,
      { actorId: null, action: "npm run reconcile", input: { acceptDowngrades } },
      { run },
    );
    await inbox.idle();
  } finally {
    progress.end();
  }
  const { ending, report } = led;
  console.log(
    values["json"] === true ? JSON.stringify({ ending, ...report }, null, 2) : inWords(ending, report),
  );
  return ending === "finished" ? EXIT.done : EXIT.notDone;
}
