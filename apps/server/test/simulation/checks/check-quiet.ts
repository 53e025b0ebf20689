import type { Life, Person } from "../life.ts";
import type { Rows } from "../read-rows.ts";
import { rightOfAll } from "../rules-oracle.ts";

/** After quiet everybody's rows are a function of Stripe's truth alone (design I3). */
export function checkRows(life: Life, rows: Rows): void {
  for (const person of life.people) checkPerson(life, rows, person);
}

function checkPerson(life: Life, rows: Rows, person: Person): void {
  const user = rows.users.find((row) => row.id === person.id);
  if (!user) return void life.faults.push(`${person.name}'s row is gone`);
  const customers = rows.customers.filter((row) => row.user_id === person.id);
  const truth = customers.flatMap(({ customer_id }) => life.truth.now(customer_id));
  const right = rightOfAll(truth, life.now(), life.now());
  const row = `${user.subscription_status} until ${user.subscription_expiry?.toISOString() ?? "-"}`;
  const must = `${right.plan} until ${right.expiry === null ? "-" : new Date(right.expiry).toISOString()}`;
  if (row !== must)
    life.faults.push(`after quiet ${person.name}'s row says ${row}, Stripe's truth is ${must}`);
  const isRight = truth.some((one) => one.ours && one.status === user.stripe_status);
  if (!isRight && (user.stripe_status !== "none" || truth.some((one) => one.ours)))
    life.faults.push(`after quiet ${person.name}'s Stripe status is ${user.stripe_status}`);
  const paid = truth.some((one) => one.ours && one.paid);
  if (paid && user.xp === 0) life.faults.push(`after quiet ${person.name} has paid and got no XP`);
  checkPages(
    life,
    person,
    truth.some((one) => one.ours && isLive(one.status)),
  );
  checkSold(life, person);
}

const isLive = (status: string): boolean => status !== "canceled" && status !== "incomplete_expired";

/** One open checkout, and none beside a live subscription (requirements R23). */
function checkPages(life: Life, person: Person, subscribed: boolean): void {
  const open = person.pages.filter((id) => life.core.store.get("sessions", id)?.status === "open");
  if (open.length > (subscribed ? 0 : 1))
    life.faults.push(
      `${person.name} has ${open.length} open checkouts${subscribed ? " beside a subscription" : ""}`,
    );
}

/** What was bought on our own pages: one trial, and never two live subscriptions. */
function checkSold(life: Life, person: Person): void {
  const sold = person.pages.flatMap((id) => {
    const session = life.core.store.get("sessions", id);
    const bought = session && life.core.store.get("subscriptions", String(session.subscription));
    return bought ? [bought] : [];
  });
  if (sold.filter(({ trial_start }) => trial_start !== null).length > 1)
    life.faults.push(`${person.name} got two trials on our pages`);
  if (sold.filter(({ status }) => isLive(status)).length > 1)
    life.faults.push(`${person.name} pays for two subscriptions bought on our pages`);
}

interface InboxRow {
  readonly event_id: string;
  readonly type: string;
  readonly outcome: string | null;
  readonly customer_id: string | null;
  readonly last_error: string | null;
}

/** Nothing acknowledged has vanished: each is applied, ignored by type or livemode, or a dead letter with its reason. */
export async function checkInbox(life: Life): Promise<void> {
  const rows = await life.sql<
    InboxRow[]
  >`select event_id, type, outcome, customer_id, last_error from webhook_events`;
  const stored = new Map(rows.map((row) => [row.event_id, row]));
  for (const letter of life.letters) {
    const row = stored.get(letter.eventId);
    if (letter.acknowledged && !row)
      life.faults.push(`acknowledged ${letter.type} ${letter.eventId} is nowhere`);
    if (!row) continue;
    if (row.outcome === null)
      life.faults.push(`after quiet ${row.type} ${row.event_id} is still pending: ${row.last_error}`);
    if (row.outcome !== "dead") continue;
    life.figures.add("dead letters, as they must be");
    if (letter.stranger || life.owners.get(row.customer_id ?? "") === null) continue;
    life.faults.push(`${row.type} ${row.event_id} became a dead letter: ${row.last_error}`);
  }
}
