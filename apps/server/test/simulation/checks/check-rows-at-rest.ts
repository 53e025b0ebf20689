import type { Rows } from "../rows.ts";
import { rightOfAll } from "../rules-oracle.ts";
import type { Person, Stage } from "../stage.ts";
import type { TrueSubscription } from "../stripe-truth.ts";

/** After quiet everybody's rows are a function of Stripe's truth alone (design I3). */
export function checkRows(stage: Stage, rows: Rows): void {
  for (const person of stage.people) checkPerson(stage, rows, person);
}

function checkPerson(stage: Stage, rows: Rows, person: Person): void {
  const user = rows.users.find((row) => row.id === person.id);
  if (!user) return void stage.faults.push(`${person.name}'s row is gone`);
  const customers = rows.customers.filter((row) => row.user_id === person.id);
  const truth = customers.flatMap(({ customer_id }) => stage.truth.now(customer_id));
  const right = rightOfAll(truth, stage.now(), stage.now());
  const row = `${user.subscription_status} until ${user.subscription_expiry?.toISOString() ?? "-"}`;
  const must = `${right.plan} until ${right.expiry === null ? "-" : new Date(right.expiry).toISOString()}`;
  if (row !== must)
    stage.faults.push(`after quiet ${person.name}'s row says ${row}, Stripe's truth is ${must}`);
  const isRight = truth.some((one) => one.ours && one.status === user.stripe_status);
  if (!isRight && (user.stripe_status !== "none" || truth.some((one) => one.ours)))
    stage.faults.push(`after quiet ${person.name}'s Stripe status is ${user.stripe_status}`);
  const paid = truth.some((one) => one.ours && one.paid);
  if (paid && user.xp === 0) stage.faults.push(`after quiet ${person.name} has paid and got no XP`);
  const flagged = rows.flagged.filter((row) => row.user_id === person.id).map((row) => row.object_id);
  checkDoubled(stage, truth, flagged);
}

/** Of several paid subscriptions all but one are flagged for refund (requirements R23). */
function checkDoubled(stage: Stage, truth: readonly TrueSubscription[], flagged: readonly string[]): void {
  const paying = truth.filter((one) => one.ours && one.status === "active").map(({ id }) => id);
  const clean = paying.filter((id) => !flagged.includes(id));
  if (clean.length > 1) stage.faults.push(`${clean.join(", ")} are paid at once and nobody was told`);
}
