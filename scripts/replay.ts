import { deadCause } from "../packages/shared/src/inputs/admin.ts";
import { type Asked, runCommand, wholeNumber } from "./console/run-command.ts";

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
  // The server is loaded once it is known to be needed.
  work: async (asked) => (await import("./replay/perform.ts")).perform(asked),
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
