import { parseArgs } from "node:util";
import { measureBundles } from "./bundle-size.ts";
import { measureChat } from "./chat.ts";
import { measureEmulatorStart } from "./emulator-start.ts";
import { describeMachine } from "./machine.ts";
import { openMarket } from "./market.ts";
import { measurePushLatency } from "./push-latency.ts";
import { type Row, toTable } from "./report.ts";
import { openStage, type Stage } from "./stage.ts";
import { measureStatusRead } from "./status-read.ts";
import { measureWebhookThroughput } from "./webhook-throughput.ts";

/** A run that takes longer hangs somewhere: it ends by itself, without a result. */
const MOST_MS = 180_000;

const USAGE =
  "npm run bench -- [--rounds N] [--only webhook|push|status|chat|start] [--server-option=--cpu-prof]";

const { values } = parseArgs({
  options: {
    rounds: { type: "string", default: "5" },
    only: { type: "string" },
    "server-option": { type: "string", multiple: true, default: [] },
  },
});

async function main(): Promise<void> {
  const rounds = Number(values.rounds);
  if (!Number.isInteger(rounds) || rounds < 1 || rounds > 15)
    throw new Error(`--rounds is 1 to 15. ${USAGE}`);
  const stage = await openStage({ rounds, serverOptions: values["server-option"] });
  try {
    console.log(await describeMachine(await stage.database()));
    console.log(`${rounds} rounds of each side in turn after one to warm up; medians (lowest–highest)\n`);
    const rows = [...(await measureAll(stage)), ...(await measureBundles())];
    console.log(toTable(rows));
    const missed = rows.filter((row) => !row.kept).length;
    console.log(
      missed === 0 ? "\nAll budgets are kept." : `\n${missed} of ${rows.length} budgets are missed.`,
    );
  } finally {
    await stage.close();
  }
}

async function measureAll(stage: Stage): Promise<Row[]> {
  const wants = (name: string): boolean => values.only === undefined || values.only === name;
  const rows: Row[] = [];
  const say = (what: string): void => console.error(`measuring ${what} …`);
  if (wants("webhook")) {
    say("the webhook");
    rows.push(...(await measureWebhookThroughput(stage)));
  }
  if (wants("chat")) {
    say("the chat");
    rows.push(...(await measureChat(stage)));
  }
  if (wants("start")) {
    say("the start of the Stripe emulator");
    rows.push(...(await measureEmulatorStart(stage.rounds)));
  }
  if (!wants("push") && !wants("status")) return rows;
  const market = await openMarket(stage);
  say("the push");
  rows.push(...(await measurePushLatency(wants("push") ? stage : { ...stage, rounds: 1 }, market)));
  say("the status read");
  if (wants("status")) rows.push(...(await measureStatusRead(stage, market)));
  await market.close();
  return rows;
}

const timer = setTimeout(() => {
  console.error(`The bench could not measure: it took longer than ${MOST_MS / 1000} s.`);
  process.exit(1);
}, MOST_MS);

try {
  await main();
} catch (error) {
  console.error("The bench could not measure:", error);
  process.exitCode = 1;
}
clearTimeout(timer);
