import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { createDb } from "../packages/db/src/index.ts";
import { HANDLED_EVENTS } from "../packages/shared/src/handled-events.ts";
import { serverEnvironmentOf } from "./console/environment.ts";
import { EXIT, runCommand, wholeNumber } from "./console/run-command.ts";
import { readSettings } from "./start/settings.ts";
import { arrivalTable, isComplete, notByCli, readTriggers } from "./webhooks/arrival-table.ts";
import { playEvents } from "./webhooks/play-events.ts";
import { readArrivals } from "./webhooks/read-arrivals.ts";

const HELP = `node scripts/webhooks.ts --types | --since <time> --triggers <file> [--play <emulator>] [--wait <seconds>]

The second half of scripts/test-stripe-webhooks.sh: looks into the ledger for every handled event, and prints a table.

  --types             only print the handled types, a line each
  --since <time>      what arrived from then on counts (ISO)
  --triggers <file>   what became of each stripe trigger: type, tab, ok or the reason
  --play <emulator>   first let the emulator at this address make what the triggers did not ask for or cannot make
  --wait <seconds>    for what is on its way (20)

Ends with 0: every handled event was made and arrived, 1: not all, 2: bad arguments.`;

await runCommand({
  help: HELP,
  options: {
    types: { type: "boolean" },
    since: { type: "string" },
    triggers: { type: "string" },
    play: { type: "string" },
    wait: { type: "string", default: "20" },
  },
  refuse({ values }) {
    if (values["types"] === true) return null;
    if (!values["since"] || !values["triggers"]) return "Say --since and --triggers.";
    if (Number.isNaN(Date.parse(String(values["since"])))) return "--since is no time.";
    return wholeNumber(values["wait"], { from: 1, to: 600 }) === null
      ? "--wait is a number from 1 to 600."
      : null;
  },
  async work({ values }) {
    if (values["types"] === true) {
      console.log(HANDLED_EVENTS.join("\n"));
      return EXIT.done;
    }
    const settings = readSettings(process.env, fileURLToPath(new URL("..", import.meta.url)), false);
    const { DATABASE_URL: database = "" } = await serverEnvironmentOf(settings);
    const triggers = readTriggers(readFileSync(String(values["triggers"]), "utf8"));
    if (typeof values["play"] === "string") {
      const problems = await playEvents(values["play"], notByCli(HANDLED_EVENTS, triggers));
      for (const problem of problems) console.error(`The emulator could not play: ${problem}`);
    }
    const { sql, close } = createDb(database, { max: 1, applicationName: "liveassist webhooks" });
    try {
      const arrivals = await readArrivals(sql, {
        types: HANDLED_EVENTS,
        since: String(values["since"]),
        patienceMs: Number(values["wait"]) * 1000,
      });
      console.log(arrivalTable(HANDLED_EVENTS, { triggers, arrivals }));
      return isComplete(HANDLED_EVENTS, { triggers, arrivals }) ? EXIT.done : EXIT.notDone;
    } finally {
      await close();
    }
  },
});
