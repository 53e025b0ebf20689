import type { TestDatabase } from "@liveassist/db/testing";
import type { Life } from "./life.ts";
import { DAY, type Lifecycle, type Sight } from "./lifecycle.ts";

type Row = Record<string, unknown>;

/** What a user must find at this moment, in the terms of the row, by Stripe's own dates. */
async function truthOf(life: Life, sight: Sight): Promise<Row> {
  return {
    subscription_status: sight.plan,
    stripe_status: sight.status,
    ...(sight.xp === null ? {} : { xp: sight.xp }),
    cancels: sight.cancels,
    subscription_expiry: await endOf(life, sight.until),
  };
}

async function endOf(life: Life, until: Sight["until"]): Promise<string | null> {
  const iso = (seconds: number | null | undefined) => new Date(Number(seconds) * 1000).toISOString();
  if (until === "never") return null;
  const subscription = await life.read();
  if (until === "trial") return iso(subscription.trial_end);
  if (until === "period") return iso(subscription.items.data[0]?.current_period_end);
  const { data } = await life.stripe.invoices.list({ subscription: life.subscriptionId, status: "open" });
  return new Date(Math.min(...data.map(({ created }) => created * 1000)) + 7 * DAY).toISOString();
}

/** Those of these users whose row is not what they must see now. */
export async function sightFaults(
  { sql }: TestDatabase,
  people: readonly { readonly life: Life; readonly name: string }[],
  sight: Sight,
): Promise<string[]> {
  const ids = people.map(({ life }) => life.userId);
  const rows = await sql`select id, subscription_status, stripe_status, xp, cancel_at is not null as cancels,
    subscription_expiry from users where id = any(${ids})`;
  const faults: string[] = [];
  for (const { life, name } of people) {
    const row = rows.find(({ id }) => id === life.userId);
    const end = row?.["subscription_expiry"];
    const truth = await truthOf(life, sight);
    const found = Object.fromEntries(Object.keys(truth).map((key) => [key, row?.[key]]));
    found["subscription_expiry"] = end == null ? null : new Date(String(end)).toISOString();
    if (JSON.stringify(found) !== JSON.stringify(truth))
      faults.push(`${name}: found ${JSON.stringify(found)}, the truth is ${JSON.stringify(truth)}`);
  }
  return faults;
}

/** What one user was sent: the numbers of the events that were acknowledged. */
export interface Told {
  readonly name: string;
  readonly life: Life;
  readonly acknowledged: readonly string[];
}

/** What the ledgers say against it: grants, rows against Stripe's own, events without an end, too much said. */
export async function ledgerFaults(
  { sql }: TestDatabase,
  { life, name, acknowledged }: Told,
  lifecycle: Lifecycle,
): Promise<string[]> {
  const [[user], grants, subscriptions, said, done] = await Promise.all([
    sql`select version, trial_used_at, stripe_status, xp from users where id = ${life.userId}`,
    sql`select amount, reason from xp_events where user_id = ${life.userId}`,
    sql`select provider_subscription_id as id, status from subscriptions where user_id = ${life.userId}`,
    sql`select id, payload from outbox where user_id = ${life.userId} order by id`,
    sql`select event_id from webhook_events
      where event_id = any(${[...acknowledged]}) and outcome = 'processed' and user_id = ${life.userId}`,
  ]);
  const granted = lifecycle.steps.at(-1)?.sees.xp ?? Number(user?.["xp"]);
  const awards = said.filter(({ payload }) => (payload as Row)["xp_awarded"] === 250);
  const texts = said.map(({ payload }) => JSON.stringify(payload));
  const truths = subscriptions.map(({ id }) => (life.emulator.get(String(id)) as Row | null)?.["status"]);
  const faults: Record<string, boolean> = {
    [`${grants.length} grants`]: grants.length !== granted / 250,
    [`${awards.length} pushes award XP`]: awards.length !== granted / 250,
    "the trial is wrongly used or unused": (user?.["trial_used_at"] !== null) !== lifecycle.trialUsed,
    [`rows say ${JSON.stringify(subscriptions)}, Stripe says ${truths.join()}`]:
      subscriptions.some(({ status }, at) => status !== truths[at]) ||
      !subscriptions.some(({ id }) => id === life.subscriptionId),
    [`${done.length} of ${acknowledged.length} events processed`]: done.length !== acknowledged.length,
    "the version is not the last that was said":
      Number(user?.["version"]) !== Number(said.at(-1)?.["id"] ?? 0),
    [`${said.length} pushes: ${texts.join()}`]:
      said.length > lifecycle.pushes || (said.length === 0 && user?.["stripe_status"] !== "none"),
    "the same was said twice in a row": texts.some((text, at) => text === texts[at - 1]),
  };
  return Object.entries(faults).flatMap(([what, is]) => (is ? [`${name}: ${what}`] : []));
}
