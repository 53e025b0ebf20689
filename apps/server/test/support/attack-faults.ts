import { truthOf } from "./hostile-truth.ts";
import type { Attack } from "./strangers-attack.ts";

type Row = Record<string, unknown>;

/** Everybody who does not see what Stripe says, as the contract's own calls answer it. */
export async function wrongStates({ victims, servers }: Attack): Promise<string[]> {
  const faults: string[] = [];
  const rows = await servers.database.sql`select u.id, u.xp, count(x.id)::int as grants from users u
    left join xp_events x on x.user_id = u.id where u.id = any(${victims.map(({ user }) => user.id)}) group by u.id`;
  for (const { user, account } of victims) {
    const truth = truthOf(account);
    const me = await user.me();
    const { body: status } = await user.get("/api/subscriptions/status");
    const wrong = Object.entries(truth).filter(([field, value]) => me[field] !== value);
    const grants = Number(rows.find(({ id }) => id === user.id)?.["grants"]);
    const states = account.subscriptions().map((one) => one.status);
    const found = JSON.stringify(Object.fromEntries(Object.keys(truth).map((field) => [field, me[field]])));
    if (wrong.length > 0)
      faults.push(`${user.email}: ${found}, Stripe says ${JSON.stringify(truth)} by ${states.join()}`);
    if (status["subscription_status"] !== me["subscription_status"])
      faults.push(`${user.email}: me and status differ`);
    if (grants !== Number(me["xp"]) / 250)
      faults.push(`${user.email}: ${grants} grants for ${String(me["xp"])} XP`);
  }
  return faults;
}

/** Everybody whose stored row is not what Stripe says: seen in the database, because a read would ask Stripe itself. */
export async function wrongRows({ victims, servers }: Attack): Promise<string[]> {
  const rows = await servers.database.sql`select id, subscription_status, stripe_status, xp,
    to_char(subscription_expiry at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as subscription_expiry,
    to_char(cancel_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as cancel_at from users`;
  return victims.flatMap(({ user, account }) => {
    const truth = truthOf(account);
    const row = rows.find(({ id }) => id === user.id);
    const isRight = Object.entries(truth).every(([field, value]) => row?.[field] === value);
    return isRight
      ? []
      : [`${user.email}: stored ${JSON.stringify(row)}, Stripe says ${JSON.stringify(truth)}`];
  });
}

/** What a machine on which everything runs side by side may take beside the two seconds. */
const PATIENCE_MS = 3_000;

/** Who waits longer than two seconds and a bit for a status, or reads what was never true since `plans` was cleared. */
export async function wrongReads({ victims }: Pick<Attack, "victims">): Promise<string[]> {
  const answers = await Promise.all(
    victims.map(async ({ user, plans }) => {
      const began = performance.now();
      const { status, body } = await user.get("/api/subscriptions/status");
      return { user, plans, status, body, took: performance.now() - began };
    }),
  );
  return answers
    .filter(
      ({ status, took, body, plans }) =>
        status !== 200 || took > 2_000 + PATIENCE_MS || !plans.has(String(body["subscription_status"])),
    )
    .map(
      ({ user, status, took, body, plans }) =>
        `${user.email}: ${status} after ${took} ms, ${JSON.stringify(body)}, not one of ${[...plans].join()}`,
    );
}

/** What was acknowledged and has no end, or the wrong one (`everyEnd`: not even a last look is left); and everything that reached somebody it must not. */
export async function wrongLedger(attack: Attack, everyEnd: boolean): Promise<string[]> {
  const { servers, courier, ends, bystanders, victims } = attack;
  const { sql } = servers.database;
  const ids = [...courier.acknowledged];
  const rows =
    await sql`select event_id, type, outcome, rechecks, last_error from webhook_events where event_id = any(${ids})`;
  const faults = rows
    // Applied, and to be looked at again after 2, 10 and 60 s because Stripe's answer looked older (design I2).
    .filter(({ outcome, rechecks }) => everyEnd || outcome !== null || rechecks === 0)
    .filter(({ event_id: id, outcome }) => outcome !== (ends.get(String(id)) ?? "processed"))
    .map((row) => `${JSON.stringify(row)} should be ${ends.get(String(row["event_id"])) ?? "processed"}`);
  if (rows.length !== ids.length) faults.push(`${ids.length - rows.length} acknowledged events are gone`);
  for (const { id } of bystanders) {
    const [row] =
      await sql`select version, xp, subscription_status, trial_used_at from users where id = ${id}`;
    if (Number(row?.["version"]) !== 0 || row?.["subscription_status"] !== "free")
      faults.push(`a bystander was changed: ${JSON.stringify(row)}`);
  }
  const strays = await sql`select s.provider_subscription_id as id, s.user_id from subscriptions s`;
  for (const { id, user_id: owner } of strays as Row[]) {
    const { account } = victims.find(({ user }) => user.id === owner) ?? {};
    if (!account?.subscriptions().some((one) => one.id === id))
      faults.push(`${String(id)} was written to ${String(owner)}`);
  }
  return faults;
}
