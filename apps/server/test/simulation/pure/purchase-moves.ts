import { isOver } from "@liveassist/shared/subscription";
import { type Move, type MoveKinds, personOf } from "../moves/move.ts";
import type { Person } from "../stage.ts";
import type { PureLife } from "./pure-life.ts";

/** A customer of this person at Stripe that still lives, ours by binding. */
async function customerOf(life: PureLife, person: Person): Promise<string> {
  const { tables, core, outside } = life;
  const own = [...tables.customers.values()].filter((one) => one.userId === person.id);
  const usable = own.find((one) => core.store.get("customers", one.customerId)?.deleted !== true);
  if (usable) return usable.customerId;
  const { id } = await outside.customers.create({
    email: `${person.id}@example.com`,
    metadata: { userId: person.id },
  });
  life.owners.set(id, person.id);
  tables.customers.set(id, { customerId: id, userId: person.id, observedSeq: 0, observedAt: null });
  life.wrote = true;
  return id;
}

/** Opening a page is only played here: what decides about it is tested on Postgres. One page at a time, one trial. */
async function openPage(life: PureLife, move: Move): Promise<void> {
  const person = personOf(life, move);
  const user = person && life.tables.users.get(person.id);
  if (!person || !user || life.tables.rowsOf(person.id).some((row) => !isOver(row.status))) return;
  const isOpen = (id: string): boolean => life.core.store.get("sessions", id)?.status === "open";
  if (person.pages.some((id) => isOpen(id))) return;
  const customer = await customerOf(life, person);
  const isTrial = user.trialUsedAt === null && move.b < 0.7;
  const session = await life.outside.checkout.sessions.create({
    mode: "subscription",
    customer,
    client_reference_id: person.id,
    line_items: [{ price: life.offer.priceId, quantity: 1 }],
    subscription_data: {
      metadata: { userId: person.id },
      ...(isTrial
        ? {
            trial_period_days: 5,
            trial_settings: { end_behavior: { missing_payment_method: "cancel" as const } },
          }
        : {}),
    },
    success_url: "https://liveassist.invalid/",
  });
  life.stripeMoved = true;
  person.pages.push(session.id);
  life.tables.purchases.push({
    id: session.id,
    sessionId: session.id,
    state: "open",
    userId: person.id,
    customerId: customer,
  });
  life.tell(`${person.name} opens a checkout ${isTrial ? "with" : "without"} a trial.`);
}

/** How people come to their subscriptions. */
export const PURCHASE_MOVES: MoveKinds<PureLife> = {
  "person: opens checkout": { weight: 4, can: (life) => life.people.length > 0, make: openPage },
};
