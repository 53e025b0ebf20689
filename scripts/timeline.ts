import { runCommand, wholeNumber } from "./console/run-command.ts";

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
  // The server is loaded once it is known to be needed.
  work: async (asked) => (await import("./timeline/perform.ts")).perform(asked),
});
