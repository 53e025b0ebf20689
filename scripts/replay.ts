import { recordAction } from "../packages/api/src/index.ts";
import { deadCause } from "../packages/shared/src/inputs/admin.ts";
import { tellProgress } from "./console/progress.ts";
import { type Asked, EXIT, runCommand, wholeNumber } from "./console/run-command.ts";
import { type Console, withServer } from "./console/with-server.ts";
import { chooseDead } from "./replay/choose-dead.ts";
import { inWords, isAllWell } from "./replay/in-words.ts";
import { type ReplayReport, replayChosen, replayNamed } from "./replay/replay-events.ts";

const HELP = `npm run replay -- <event id…> | --dead [--type <type>] [--cause <cause>] [--wait <seconds>] [--json]

Works on events again, and waits until what became of them is known. Safe at any time and any number of times: all an
event ever causes is a sync of its customer.

  <event id…>       these, whatever became of them (evt_…)
  --dead            all dead letters
  --type <type>     of those, only of this type, e.g. invoice.paid
  --cause <cause>   of those, only with this cause: ${deadCause.options.join(", ")}
  --wait <seconds>  give up waiting when nothing came to an end for so long (60)
  --json            the report as JSON on stdout (npm run -s replay -- … keeps npm's own lines out)

Ends with 0: all processed (or of no concern), 1: something died again, still waits or is unknown, 2: bad arguments.
It is written down in the console's list of actions.`;

const LONGEST_WAIT = 86_400;

await runCommand({
  help: HELP,
  options: {
    dead: { type: "boolean" },
    type: { type: "string" },
    cause: { type: "string" },
    wait: { type: "string", default: "60" },
    json: { type: "boolean" },
  },
  refuse,
  work: (asked) => withServer((console) => replay(console, asked)),
});

function refuse({ values, words }: Asked): string | null {
  const isDead = values["dead"] === true;
  if (isDead === words.length > 0) return "Name events, or say --dead.";
  if (!isDead && (values["type"] ?? values["cause"]) !== undefined)
    return "--type and --cause choose among dead letters: say --dead too.";
  if (values["cause"] !== undefined && !deadCause.safeParse(values["cause"]).success)
    return `There is no cause "${values["cause"]}"; there are ${deadCause.options.join(", ")}.`;
  if (wholeNumber(values["wait"], { from: 1, to: LONGEST_WAIT }) === null)
    return `--wait is a number of seconds from 1 to ${LONGEST_WAIT}.`;
  return null;
}

async function replay({ deps, sql }: Console, { values, words }: Asked): Promise<number> {
  const progress = tellProgress();
  const replaying = { deps, sql, progress, patienceMs: Number(values["wait"]) * 1000 };
  const type = values["type"]?.toString();
  const cause = deadCause.optional().parse(values["cause"]);
  const ids = [...new Set(words)];
  const input = ids.length > 0 ? { eventIds: ids } : { dead: true, type, cause };
  const run = async (): Promise<ReplayReport> =>
    ids.length > 0
      ? replayNamed(replaying, ids)
      : replayChosen(replaying, await chooseDead(deps, { type, cause }));
  let report: ReplayReport;
  try {
    report = await recordAction(deps, { actorId: null, action: "npm run replay", input }, { run });
  } finally {
    progress.end();
  }
  console.log(values["json"] === true ? JSON.stringify(report, null, 2) : inWords(report));
  return isAllWell(report) ? EXIT.done : EXIT.notDone;
}
