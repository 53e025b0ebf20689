import type { Core } from "@liveassist/stripe-emulator/core";

/** Whose each customer is by everything Stripe holds of it (requirements R16); null: nobody's. What was known once, stays. */
export function noteOwners({ store }: Core, owners: Map<string, string | null>): void {
  for (const customer of store.all("customers")) {
    if (customer.deleted === true || owners.get(customer.id)) continue;
    const explicit =
      owners.has(customer.id) && store.where("subscriptions", "customer", customer.id).length > 0;
    if (explicit) continue;
    const names = new Set(
      [
        customer.metadata["userId"],
        ...store.where("subscriptions", "customer", customer.id).map(({ metadata }) => metadata["userId"]),
        ...sessionsOf(store, customer.id),
      ].filter((name) => name !== undefined && name !== null),
    );
    const [only] = names;
    owners.set(customer.id, names.size === 1 && only !== undefined ? only : null);
  }
}

const sessionsOf = (store: Core["store"], customer: string) =>
  store
    .all("sessions")
    .flatMap((session) => (session.customer === customer ? [session.client_reference_id] : []));
