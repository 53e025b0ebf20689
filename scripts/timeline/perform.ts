import { recordAction } from "../../packages/api/src/index.ts";
import { timelineSentence } from "../../packages/shared/src/timeline-words.ts";
import { type Asked, EXIT } from "../console/run-command.ts";
import { type Console, withServer } from "../console/with-server.ts";
import { findUser } from "./find-user.ts";
import { readStory } from "./read-story.ts";

/** Tells the story that was asked for; answers the exit code. */
export const perform = (asked: Asked): Promise<number> => withServer((console) => tell(console, asked));

async function tell({ deps, sql }: Console, { values, words: [whose = ""] }: Asked): Promise<number> {
  const user = await findUser(sql, whose);
  if (!user) {
    console.error(`There is no user ${whose}.`);
    return EXIT.notDone;
  }
  const limit = Number(values["limit"]);
  // Concluded before the reading begins, so that the story does not end with a command that is still under way.
  const input = { userId: user.id, limit };
  await recordAction(
    deps,
    { actorId: null, action: "npm run timeline", input },
    { run: async () => undefined },
  );
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
