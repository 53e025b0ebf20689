import { runCommand } from "./console/run-command.ts";

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
  // The server is loaded once it is known to be needed.
  work: async (asked) => (await import("./reconcile/perform.ts")).perform(asked),
});
