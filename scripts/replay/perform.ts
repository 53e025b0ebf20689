import { recordAction } from "../../packages/api/src/index.ts";
import { deadCause } from "../../packages/shared/src/inputs/admin.ts";
import { tellProgress } from "../console/progress.ts";
import { type Asked, EXIT } from "../console/run-command.ts";
import { type Console, withServer } from "../console/with-server.ts";
import { chooseDead } from "./choose-dead.ts";
import { inWords, isAllWell } from "./in-words.ts";
import { type ReplayReport, replayChosen, replayNamed } from "./replay-events.ts";

/** Replays what was asked for, and tells what came of it; answers the exit code. */
export const perform = (asked: Asked): Promise<number> => withServer((console) => replay(console, asked));

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
