import { recordAction } from "../../packages/api/src/index.ts";
import { tellProgress } from "../console/progress.ts";
import { type Asked, EXIT } from "../console/run-command.ts";
import { type Console, withServer } from "../console/with-server.ts";
import { howFar } from "./how-far.ts";
import { inWords } from "./in-words.ts";
import { type Led, leadOwnWalk } from "./lead.ts";

/** Leads a walk and tells what it found; answers the exit code. */
export const perform = (asked: Asked): Promise<number> => withServer((console) => compare(console, asked));

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
