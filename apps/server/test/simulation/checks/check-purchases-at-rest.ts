import type { Rows } from "../rows.ts";
import type { Person, Stage } from "../stage.ts";

/** What our own pages sold, and which of them are still open (requirements R2, R23). */
export function checkPurchases(stage: Stage, rows: Rows): void {
  for (const person of stage.people) {
    const customers = rows.customers.filter((row) => row.user_id === person.id);
    const truth = customers.flatMap(({ customer_id }) => stage.truth.now(customer_id));
    checkPages(
      stage,
      person,
      truth.some((one) => one.ours && isLive(one.status)),
    );
    checkSold(stage, person);
  }
}

const isLive = (status: string): boolean => status !== "canceled" && status !== "incomplete_expired";

/** One open checkout, and none beside a live subscription (requirements R23). */
function checkPages(stage: Stage, person: Person, subscribed: boolean): void {
  const open = person.pages.filter((id) => stage.core.store.get("sessions", id)?.status === "open");
  if (open.length > (subscribed ? 0 : 1))
    stage.faults.push(
      `${person.name} has ${open.length} open checkouts${subscribed ? " beside a subscription" : ""}`,
    );
}

/** What was bought on our own pages: one trial, and never two live subscriptions. */
function checkSold(stage: Stage, person: Person): void {
  const sold = person.pages.flatMap((id) => {
    const session = stage.core.store.get("sessions", id);
    const bought = session && stage.core.store.get("subscriptions", String(session.subscription));
    return bought ? [bought] : [];
  });
  if (sold.filter(({ trial_start }) => trial_start !== null).length > 1)
    stage.faults.push(`${person.name} got two trials on our pages`);
  if (sold.filter(({ status }) => isLive(status)).length > 1)
    stage.faults.push(`${person.name} pays for two subscriptions bought on our pages`);
}
