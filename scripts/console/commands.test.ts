import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from "vitest";
import { findRunningPostgres } from "../../packages/db/src/embedded.ts";
import { createDb, type Database } from "../../packages/db/src/index.ts";
import { HANDLED_EVENTS } from "../../packages/shared/src/handled-events.ts";
import { readKept } from "../start/data-folder.ts";
import { ownCopy, runScript, type Started, startAll } from "../start/test/started.ts";
import { temporaryFolder } from "../start/test/temporary-folder.ts";
import { EmulatorClient } from "../webhooks/emulator-client.ts";

const folder = temporaryFolder();
const copy = await ownCopy(join(folder.path, "data"));
let product: Started;
let database: Database;
let emulator: EmulatorClient;

beforeAll(async () => {
  product = await startAll(copy);
  database = createDb((await findRunningPostgres(join(copy.DATA_DIR, "postgres"))) ?? "", { max: 1 });
  emulator = new EmulatorClient(`http://127.0.0.1:${readKept(copy.DATA_DIR, "emulator-port")}`);
}, 120_000);
afterAll(async () => {
  await database?.close();
  product?.child.kill("SIGTERM");
  await product?.exit;
  await folder.remove();
}, 60_000);

/** A command of the console beside the running product. */
async function run(
  script: string,
  ...words: string[]
): Promise<{ code: number | null; out: string; err: string }> {
  const started = runScript(script, words, copy);
  const code = await started.exit;
  return { code, out: started.output(), err: started.errors() };
}

test("in a terminal with another price nothing is done: everybody's subscription would be none of ours", async () => {
  const started = runScript("reconcile.ts", ["--json"], { ...copy, STRIPE_PRICE_ID: "price_of_last_year" });
  expect(await started.exit).toBe(1);
  expect(started.output()).toBe("");
  expect(started.errors()).toContain(
    'STRIPE_PRICE_ID is "price_of_last_year" here, and the servers use another',
  );
});

/** The id of the event of this type, once it came to this end. */
async function eventOf(type: string, outcome: string): Promise<string> {
  return vi.waitFor(
    async () => {
      const [row] = await database.sql`
        select event_id from webhook_events where type = ${type} and outcome = ${outcome} limit 1`;
      if (!row) throw new Error(`no ${type} is ${outcome}`);
      return String(row["event_id"]);
    },
    { timeout: 20_000, interval: 50 },
  );
}

test("a dead letter dies again while nobody knows whose it is, and the replay says so and is written down", async () => {
  const stranger = await emulator.post("customers");
  await emulator.remove(`customers/${stranger.id}`);
  const dead = await eventOf("customer.deleted", "dead");
  const { code, out, err } = await run("replay.ts", "--dead", "--type", "customer.deleted", "--json");
  // The log is none of the answer.
  expect([code, err]).toEqual([1, expect.stringContaining('"msg":')]);
  expect(JSON.parse(out)).toMatchObject({
    events: [
      {
        event_id: dead,
        outcome: "dead",
        taken: "queued",
        last_error: expect.stringContaining("names no user"),
      },
    ],
    unknown: [],
    not_begun: [],
  });
  const [action] =
    await database.sql`select actor_id, action, input, outcome from admin_actions order by id desc limit 1`;
  expect(action).toEqual({
    actor_id: null,
    action: "npm run replay",
    input: { dead: true, type: "customer.deleted" },
    outcome: "done",
  });
});

test("once it is known whose a customer is, its dead letters are processed by a replay, and its user has Premium", async () => {
  const [anna] = await database.sql`select id from users where email = 'anna@example.com'`;
  const card = { payment_method: "pm_card_visa", "invoice_settings[default_payment_method]": "pm_card_visa" };
  const customer = await emulator.post("customers", card);
  const [price] = await emulator.list("prices");
  await emulator.post("subscriptions", { customer: customer.id, "items[0][price]": String(price?.id) });
  const dead = await eventOf("customer.subscription.created", "dead");
  // The first walk, soon after the start, does not do the work of the command.
  await vi.waitFor(
    async () =>
      expect(await database.sql`select 1 from reconcile_walks where finished_at is not null`).not.toEqual([]),
    { timeout: 30_000, interval: 50 },
  );
  // Nor does a later event, and none that came before is on its way or still being tried: some come up to twenty seconds
  // after what they tell of, so these pass first.
  await emulator.control("clock/advance", { seconds: 30 });
  await vi.waitFor(async () => expect(await emulator.waiting()).toBe(0), { timeout: 20_000, interval: 50 });
  await emulator.control("deliveries", { hold: true });
  onTestFinished(async () => void (await emulator.control("deliveries", { hold: false })));
  await vi.waitFor(
    async () =>
      expect(
        await database.sql`select type from webhook_events where customer_id = ${customer.id} and outcome is null`,
      ).toHaveLength(0),
    { timeout: 20_000, interval: 50 },
  );
  await emulator.post(`customers/${customer.id}`, { "metadata[userId]": String(anna?.["id"]) });

  const replayed = await run("replay.ts", dead);
  expect(replayed.out).toBe(`1 event: 1 processed.\n  ${dead} customer.subscription.created: processed\n`);
  expect(replayed.code).toBe(0);
  await emulator.control("deliveries", { hold: false });
  const again = await run("replay.ts", dead);
  expect([again.code, again.out]).toEqual([0, expect.stringContaining("its customer was synced again")]);
});

test("a story is told by e-mail or customer, whole as JSON or its newest lines in words", async () => {
  const [anna] = await database.sql`
    select u.id, c.customer_id from users u join stripe_customers c on c.user_id = u.id where email = 'anna@example.com'`;
  const told = await run("timeline.ts", "anna@example.com", "--json");
  const story = JSON.parse(told.out) as { user_id: string; entries: { kind: string }[] };
  expect([told.code, story.user_id]).toEqual([0, anna?.["id"]]);
  expect(story.entries.map(({ kind }) => kind)).toEqual(
    expect.arrayContaining(["event", "sync", "change", "xp"]),
  );
  const { out } = await run("timeline.ts", String(anna?.["customer_id"]), "--limit", "2");
  expect(out.split("\n").slice(0, 2)).toEqual([
    `User ${anna?.["id"]}: paid (Stripe: active)`,
    "Only the newest 2; --limit shows more.",
  ]);
});

test("a walk says as JSON that nothing differs, with nothing else on stdout", async () => {
  const { code, out } = await run("reconcile.ts", "--json");
  expect(JSON.parse(out)).toMatchObject({ ending: "finished", open: 0 });
  expect(code).toBe(0);
});

test("every handled event is made and seen to arrive where there is no Stripe CLI", () => {
  const script = join(import.meta.dirname, "../test-stripe-webhooks.sh");
  const env = { ...process.env, ...copy, STRIPE_API_KEY: "", LIVEASSIST_STRIPE_CLI: "none" };
  const { status, stdout, stderr } = spawnSync("sh", [script], { env, encoding: "utf8" });
  expect(stderr).toBe(
    "There is no Stripe CLI here: npm install brought none for this machine (https://docs.stripe.com/stripe-cli).\nThe emulator makes the events by its own API instead.\n",
  );
  expect(stdout).not.toContain("MISSING");
  for (const type of HANDLED_EVENTS) expect(stdout).toMatch(new RegExp(`^ok +${type} `, "m"));
  expect(status).toBe(0);
});

// Stripe builds its CLI for the usual machines only.
const platform = `${process.platform}-${process.arch}`;
const hasCli = ["darwin-arm64", "darwin-x64", "linux-arm64", "linux-x64", "win32-x64"].includes(platform);

test.skipIf(!hasCli)(
  "Stripe's CLI makes every handled event that it knows, the emulator the one left",
  () => {
    const script = join(import.meta.dirname, "../test-stripe-webhooks.sh");
    const env = { ...process.env, ...copy, STRIPE_API_KEY: "", LIVEASSIST_STRIPE_CLI: "" };
    const { status, stdout, stderr } = spawnSync("sh", [script], { env, encoding: "utf8" });
    expect(stderr).toBe("");
    const other = "customer.subscription.resumed";
    for (const type of HANDLED_EVENTS) {
      const made = type === other ? "not by the CLI" : "stripe trigger";
      expect(stdout).toMatch(new RegExp(`^ok +${type} +${made} +[1-9]`, "m"));
    }
    expect(status).toBe(0);
  },
);

test.each([
  ["replay.ts", [], "Name events, or say --dead."],
  ["replay.ts", ["evt_1", "--dead"], "Name events, or say --dead."],
  ["replay.ts", ["--dead", "--cause", "magic"], 'There is no cause "magic"; there are'],
  ["replay.ts", ["--dead", "--wait", "soon"], "--wait is a number of seconds"],
  ["timeline.ts", [], "Say whose."],
  ["timeline.ts", ["a", "b"], "One user at a time."],
  ["timeline.ts", ["a", "--limit", "0"], "--limit is a number from 1 to"],
  ["reconcile.ts", ["now"], '"now" means nothing here.'],
])("%s %j ends with 2 and one clear line", async (script, words, line) => {
  const { code, out, err } = await run(script, ...words);
  expect([code, out]).toEqual([2, ""]);
  expect(err.split("\n")[0]).toContain(line);
});

test("help says how it is called and how it ends, and who does not exist is said", async () => {
  for (const script of ["replay.ts", "timeline.ts", "reconcile.ts", "evidence.ts"]) {
    const { code, out } = await run(script, "--help");
    expect([code, out]).toEqual([0, expect.stringMatching(/^npm run \w+.*Ends with 0/s)]);
  }
  expect(await run("timeline.ts", "nobody@example.com")).toEqual({
    code: 1,
    out: "",
    err: "There is no user nobody@example.com.\n",
  });
});
