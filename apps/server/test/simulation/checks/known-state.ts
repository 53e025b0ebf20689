import type { Rows } from "../rows.ts";
import type { Seen } from "../rules-oracle.ts";
import type { Heard, Stage } from "../stage.ts";
import { QuotaWatch } from "./check-quota.ts";
import { allowedNow, seenNow } from "./what-is-seen.ts";

/** What the database said last, and what everybody saw since when. */
export class KnownState {
  rows: Rows | null = null;
  readonly quota = new QuotaWatch();
  #lastOutboxId = 0;
  readonly #versions = new Map<string, number>();
  /** Per user: the steps from which on they saw a plan. */
  readonly #seen = new Map<string, { step: number; plan: Seen }[]>();

  async look(stage: Stage): Promise<void> {
    if (stage.wrote || this.rows === null) {
      stage.wrote = false;
      const rows = await stage.readRows(this.#lastOutboxId);
      this.#checkOutbox(stage, rows);
      this.#checkBindings(stage, rows);
      this.#checkGrants(stage, rows);
      this.quota.look(stage, rows, this.rows);
      this.rows = rows;
    }
    this.#checkPlans(stage, this.rows);
    this.quota.checkRefused(stage, this.rows);
    for (const heard of stage.heard.splice(0)) this.#checkHeard(stage, heard);
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

  /** An answer is something that was so meanwhile; a fresh one rests on observations that began after the question. */
  #checkHeard(stage: Stage, { userId, plan, what, since, fresh }: Heard): void {
    if (!this.seenSince(userId, since).has(plan))
      stage.faults.push(`${userId} ${what} and hears ${plan}, which it never was meanwhile`);
    for (const { customer_id, user_id } of fresh ? (this.rows?.customers ?? []) : []) {
      const window = stage.observations.windowOf(customer_id);
      if (user_id === userId && window && window.from < since)
        stage.faults.push(`${userId} ${what} and is answered without Stripe having been asked`);
    }
  }

  #checkPlans(stage: Stage, rows: Rows): void {
    for (const person of stage.people) {
      const seen = seenNow(stage, rows, person.id);
      const history = this.#seen.get(person.id) ?? [];
      if (history.at(-1)?.plan !== seen) history.push({ step: stage.step, plan: seen });
      this.#seen.set(person.id, history);
      const allowed = allowedNow(stage, rows, person.id);
      if (allowed.has(seen)) continue;
      const right = [...allowed].join(" or ");
      stage.faults.push(`${person.name} sees ${seen}, but by what Stripe answered last it must be ${right}`);
    }
  }

  /** Ids in order for each user, the version the latest of them, XP told at most once (design I4). */
  #checkOutbox(stage: Stage, rows: Rows): void {
    for (const { id, user_id } of rows.outbox) {
      if (id <= (this.#versions.get(user_id) ?? 0))
        stage.faults.push(`outbox id ${id} of ${user_id} is not above those before it`);
      this.#versions.set(user_id, id);
      this.#lastOutboxId = Math.max(this.#lastOutboxId, id);
    }
    for (const user of rows.users) {
      const told = this.#versions.get(user.id) ?? 0;
      if (user.version !== told)
        stage.faults.push(`${user.id} has version ${user.version}, the latest outbox id is ${told}`);
      const last = rows.outbox.findLast((row) => row.user_id === user.id);
      if (last && last.payload.subscription_status !== user.subscription_status)
        stage.faults.push(
          `${user.id} was told ${last.payload.subscription_status}, the row says ${user.subscription_status}`,
        );
      const before = this.rows?.users.find((one) => one.id === user.id);
      const changed =
        before && (before.subscription_status !== user.subscription_status || before.xp !== user.xp);
      if (changed && before.version === user.version)
        stage.faults.push(`${user.id} changed and nobody was told`);
    }
  }

  /** Nobody is given another one's customer, and bindings stay (design I7). */
  #checkBindings(stage: Stage, rows: Rows): void {
    for (const { customer_id: customer, user_id, observed_seq } of rows.customers) {
      const owner = stage.owners.get(customer);
      if (owner !== user_id && !stage.unclear.has(customer))
        stage.faults.push(`customer ${customer} of ${owner ?? "nobody"} is bound to ${user_id}`);
      if (observed_seq === 0) continue;
      const wrong = stage.observations.shown(customer, observed_seq, stage.step);
      if (wrong) stage.faults.push(wrong);
    }
    for (const { providerSubscriptionId: id, userId, customerId } of rows.subscriptions) {
      const real = stage.core.store.get("subscriptions", id);
      if (
        !real ||
        real.customer !== customerId ||
        (stage.owners.get(customerId) !== userId && !stage.unclear.has(customerId))
      )
        stage.faults.push(`subscription ${id} was written for ${userId}, customer ${customerId}`);
    }
    const gone = this.rows?.customers.filter(
      ({ customer_id }) => !rows.customers.some((row) => row.customer_id === customer_id),
    );
    for (const { customer_id } of gone ?? []) stage.faults.push(`the binding of ${customer_id} is gone`);
  }

  /** XP once per user, and only for money (requirements R8, design I5). */
  #checkGrants(stage: Stage, rows: Rows): void {
    for (const { id, xp } of rows.users) {
      const grants = rows.grants.filter((grant) => grant.user_id === id);
      if (grants.length > 1) stage.faults.push(`${id} got the first-payment XP ${grants.length} times`);
      if (xp !== grants.length * 250) stage.faults.push(`${id} has ${xp} XP and ${grants.length} grants`);
      if (grants.length > 0 && !hasPaid(stage, rows, id)) stage.faults.push(`${id} got XP without a payment`);
    }
  }
}

function hasPaid(stage: Stage, rows: Rows, userId: string): boolean {
  const own = rows.customers.filter((row) => row.user_id === userId);
  return own.some(({ customer_id }) =>
    stage.truth.between(customer_id, 0, stage.step).some((all) => all.some((one) => one.paid && one.ours)),
  );
}
