import type { Life } from "../life.ts";
import { type Rows, readRows } from "../read-rows.ts";
import type { Seen } from "../rules-oracle.ts";
import { allowedNow, seenNow } from "./what-is-seen.ts";

/** What the database said last, and what everybody saw since when. */
export class KnownState {
  rows: Rows | null = null;
  #lastOutboxId = 0;
  readonly #versions = new Map<string, number>();
  /** Per user: the steps from which on they saw a plan. */
  readonly #seen = new Map<string, { step: number; plan: Seen }[]>();

  async look(life: Life): Promise<void> {
    if (life.wrote || this.rows === null) {
      life.wrote = false;
      const rows = await readRows(life.sql, this.#lastOutboxId);
      this.#checkOutbox(life, rows);
      this.#checkBindings(life, rows);
      this.#checkGrants(life, rows);
      this.rows = rows;
    }
    this.#checkPlans(life, this.rows);
    for (const { userId, plan, what, since } of life.heard.splice(0))
      if (!this.seenSince(userId, since).has(plan))
        life.faults.push(`${userId} ${what} and hears ${plan}, which it never was meanwhile`);
  }

  /** Every plan a user saw from this step until now. */
  seenSince(userId: string, step: number): Set<Seen> {
    const history = this.#seen.get(userId) ?? [];
    return new Set(
      history
        .filter((_, at) => (history[at + 1]?.step ?? Number.POSITIVE_INFINITY) >= step)
        .map(({ plan }) => plan),
    );
  }

  #checkPlans(life: Life, rows: Rows): void {
    for (const person of life.people) {
      const seen = seenNow(life, rows, person.id);
      const history = this.#seen.get(person.id) ?? [];
      if (history.at(-1)?.plan !== seen) history.push({ step: life.step, plan: seen });
      this.#seen.set(person.id, history);
      const allowed = allowedNow(life, rows, person.id);
      if (allowed.has(seen)) continue;
      const right = [...allowed].join(" or ");
      life.faults.push(`${person.name} sees ${seen}, but by what Stripe answered last it must be ${right}`);
    }
  }

  /** Ids in order for each user, the version the latest of them, XP told at most once (design I4). */
  #checkOutbox(life: Life, rows: Rows): void {
    for (const { id, user_id } of rows.outbox) {
      if (id <= (this.#versions.get(user_id) ?? 0))
        life.faults.push(`outbox id ${id} of ${user_id} is not above those before it`);
      this.#versions.set(user_id, id);
      this.#lastOutboxId = Math.max(this.#lastOutboxId, id);
    }
    for (const user of rows.users) {
      const told = this.#versions.get(user.id) ?? 0;
      if (user.version !== told)
        life.faults.push(`${user.id} has version ${user.version}, the latest outbox id is ${told}`);
      const last = rows.outbox.findLast((row) => row.user_id === user.id);
      if (last && last.payload.subscription_status !== user.subscription_status)
        life.faults.push(
          `${user.id} was told ${last.payload.subscription_status}, the row says ${user.subscription_status}`,
        );
      const before = this.rows?.users.find((one) => one.id === user.id);
      const changed =
        before && (before.subscription_status !== user.subscription_status || before.xp !== user.xp);
      if (changed && before.version === user.version)
        life.faults.push(`${user.id} changed and nobody was told`);
    }
  }

  /** Nobody is given another one's customer, and bindings stay (design I7). */
  #checkBindings(life: Life, rows: Rows): void {
    for (const { customer_id: customer, user_id, observed_seq } of rows.customers) {
      const owner = life.owners.get(customer);
      if (owner !== user_id && !life.unclear.has(customer))
        life.faults.push(`customer ${customer} of ${owner ?? "nobody"} is bound to ${user_id}`);
      if (observed_seq === 0) continue;
      const wrong = life.observations.shown(customer, observed_seq, life.step);
      if (wrong) life.faults.push(wrong);
    }
    for (const { providerSubscriptionId: id, userId, customerId } of rows.subscriptions) {
      const real = life.core.store.get("subscriptions", id);
      if (
        !real ||
        real.customer !== customerId ||
        (life.owners.get(customerId) !== userId && !life.unclear.has(customerId))
      )
        life.faults.push(`subscription ${id} was written for ${userId}, customer ${customerId}`);
    }
    const gone = this.rows?.customers.filter(
      ({ customer_id }) => !rows.customers.some((row) => row.customer_id === customer_id),
    );
    for (const { customer_id } of gone ?? []) life.faults.push(`the binding of ${customer_id} is gone`);
  }

  /** XP once per user, and only for money (requirements R8, design I5). */
  #checkGrants(life: Life, rows: Rows): void {
    for (const { id, xp } of rows.users) {
      const grants = rows.grants.filter((grant) => grant.user_id === id);
      if (grants.length > 1) life.faults.push(`${id} got the first-payment XP ${grants.length} times`);
      if (xp !== grants.length * 250) life.faults.push(`${id} has ${xp} XP and ${grants.length} grants`);
      if (grants.length > 0 && !hasPaid(life, rows, id)) life.faults.push(`${id} got XP without a payment`);
    }
  }
}

function hasPaid(life: Life, rows: Rows, userId: string): boolean {
  const own = rows.customers.filter((row) => row.user_id === userId);
  return own.some(({ customer_id }) =>
    life.truth.between(customer_id, 0, life.step).some((all) => all.some((one) => one.paid && one.ours)),
  );
}
