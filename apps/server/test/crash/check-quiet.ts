import { setTimeout as pause } from "node:timers/promises";
import type { Lane } from "./lane.ts";
import type { Person } from "./person.ts";
import { stripesTruth } from "./stripes-truth.ts";

/**
 * Longer than a killed process's lease, the sweep and a second attempt together, and than the minute after which a boundary
 * that Stripe gave no answer about is asked about again: whoever waits longer since the server was last started and told
 * something is blocked.
 */
const QUIET_MS = 75_000;

/** Waits until everything acknowledged has ended and every person's state is Stripe's; throws what is still wrong. */
export async function checkQuiet(lane: Lane, people: readonly Person[]): Promise<void> {
  let wrong: string[] = ["not looked yet"];
  let latest = Date.now();
  while (wrong.length > 0 && Date.now() < latest + QUIET_MS) {
    await lane.server.up();
    latest = Math.max(latest, lane.server.upSince, lane.deliveries.acknowledgedAt);
    wrong = await whatIsWrong(lane, people).catch((error: unknown) => [`could not look: ${String(error)}`]);
    if (wrong.length > 0) await pause(80);
  }
  if (wrong.length > 0) throw new Error([...wrong, ...lane.server.complaints()].join("\n"));
}

async function whatIsWrong(lane: Lane, people: readonly Person[]): Promise<string[]> {
  if (!lane.deliveries.isIdle()) return [lane.deliveries.describe()];
  const wrong = [...lane.deliveries.refused, ...lane.server.ownDeaths, ...(await wrongEvents(lane))];
  for (const person of people) wrong.push(...(await wrongAbout(lane, person)));
  return wrong;
}

async function wrongEvents({ database, deliveries }: Lane): Promise<string[]> {
  const ids = [...deliveries.acknowledged];
  const rows = await database.sql<{ event_id: string; type: string; outcome: string | null; last: string }[]>`
    select event_id, type, outcome, coalesce(last_error, '') as last from webhook_events
    where event_id = any(${ids})`;
  const stored = new Set(rows.map((row) => row.event_id));
  const dead = deliveries.doomed;
  return [
    ...ids.filter((id) => !stored.has(id)).map((id) => `acknowledged and lost: ${id}`),
    ...rows
      .filter(({ outcome }) => outcome === null)
      .map(({ event_id, type, last }) => `not finished: ${event_id} ${type} ${last}`),
    ...rows
      .filter(({ outcome, event_id }) => (outcome === "dead") !== dead.has(event_id))
      .map(
        ({ event_id, type, outcome, last }) =>
          `${outcome}, against all expectation: ${event_id} ${type} ${last}`,
      ),
  ];
}

async function wrongAbout({ database, stripe, emulator }: Lane, person: Person): Promise<string[]> {
  const { user, customers } = person;
  const wrong: string[] = [];
  const expect = (what: string, got: unknown, expected: unknown): void => {
    const [is, shouldBe] = [JSON.stringify(got), JSON.stringify(expected)];
    if (is !== shouldBe) wrong.push(`${user.email}: ${what} is ${is}, Stripe's truth is ${shouldBe}`);
  };
  const truth = await stripesTruth(stripe, customers, emulator.clock.now());
  const [row] =
    await database.sql`select subscription_status, stripe_status, subscription_expiry, xp, version,
    (select count(*)::int from xp_events x where x.user_id = u.id) as grants,
    (select coalesce(json_agg(o.id order by o.id), '[]') from outbox o where o.user_id = u.id
      and o.type = 'subscription.updated') as told,
    (select coalesce(json_agg(s.provider_subscription_id || ' ' || s.status order by s.provider_subscription_id), '[]')
      from subscriptions s where s.user_id = u.id) as subscriptions
    from users u where id = ${user.id}`;
  const listed = await Promise.all(
    customers.map(async (customer) => {
      const { data } = await stripe.subscriptions.list({ customer, status: "all", limit: 100 });
      return data.map(({ id, status }) => `${id} ${status}`);
    }),
  );
  for (const key of ["subscription_status", "stripe_status", "xp"] as const)
    expect(`the row's ${key}`, row?.[key], truth[key]);
  const expiry = row?.["subscription_expiry"] as string | Date | null;
  expect("the row's expiry", expiry && new Date(expiry).toISOString(), truth.subscription_expiry);
  expect("XP grants", row?.["grants"], truth.xp / 250);
  expect("subscriptions", row?.["subscriptions"], listed.flat().sort());
  if (wrong.length > 0) return wrong;
  // Only now: a socket and a read may ask Stripe themselves, and would mend what the workers left wrong.
  const tab = await person.listens();
  // Exactly the rows of the outbox, each once and in order, whatever was cut in between.
  const versions = tab.events.map(({ version }) => version);
  expect("what the tab heard", versions, row?.["told"]);
  expect("XP told", tab.events.filter((event) => event.xp_awarded === 250).length, truth.xp / 250);
  const last = tab.events.at(-1);
  if (last) expect("the last frame's plan", last.subscription_status, truth.subscription_status);
  if (wrong.length > 0) return wrong;
  const { body } = await user.get("/api/users/me");
  for (const key of ["subscription_status", "stripe_status", "subscription_expiry", "xp"] as const)
    expect(`/me ${key}`, body[key], truth[key]);
  return wrong;
}
