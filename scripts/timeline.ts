import { recordAction } from "../packages/api/src/index.ts";
import { timelineSentence } from "../packages/shared/src/timeline-words.ts";
import { type Asked, EXIT, runCommand, wholeNumber } from "./console/run-command.ts";
import { type Console, withServer } from "./console/with-server.ts";
import { findUser } from "./timeline/find-user.ts";
import { readStory } from "./timeline/read-story.ts";

const MOST = 10_000;
const HELP = `npm run timeline -- <user> [--limit <n>] [--json]

The story of one user: checkout, payment, events, syncs, changes, pushes with socket ids, what their pages confirmed.
The newest stands last, next to the prompt; times are UTC.

  <user>        their id or e-mail, or the id of a customer or subscription of theirs at Stripe
  --limit <n>   at most so many entries, the newest (50)
  --json        as JSON on stdout, newest first (npm run -s timeline -- … keeps npm's own lines out)

Ends with 0: told, 1: there is no such user, 2: bad arguments. It is written down in the console's list of actions.`;

await runCommand({
  help: HELP,
  options: { limit: { type: "string", default: "50" }, json: { type: "boolean" } },
  refuse({ values, words }) {
    if (words.length !== 1) return words.length === 0 ? "Say whose." : "One user at a time.";
    const isFine = wholeNumber(values["limit"], { from: 1, to: MOST }) !== null;
    return isFine ? null : `--limit is a number from 1 to ${MOST}.`;
  },
  work: (asked) => withServer((console) => tell(console, asked)),
});

async function tell({ deps, sql }: Console, { values, words: [whose = ""] }: Asked): Promise<number> {
  const user = await findUser(sql, whose);
  if (!user) {
    console.error(`There is no user ${whose}.`);
    return EXIT.notDone;
  }
  const limit = Number(values["limit"]);
  // Concluded before the reading begins, so that the story does not end with a command that is still under way.
  const input = { userId: user.id, limit };
  await recordAction(deps, { actorId: null, action: "npm run timeline", input }, { run: async () => undefined });
  const { entries, more } = await readStory(deps, user.id, limit);
  if (values["json"] === true) {
    console.log(JSON.stringify({ user_id: user.id, entries, more }, null, 2));
    return EXIT.done;
  }
  const lines = entries
    .toReversed()
    .map((entry) => `${entry.at}  ${entry.kind.padEnd(10)}  ${timelineSentence(entry)}`);
  console.log(
    [
      `User ${user.id}: ${user.plan} (Stripe: ${user.status})`,
      ...(more ? [`Only the newest ${limit}; --limit shows more.`] : []),
      ...(lines.length > 0 ? lines : ["Nothing has happened yet."]),
    ].join("\n"),
  );
  return EXIT.done;
}
