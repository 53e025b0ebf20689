import type { Core } from "@liveassist/stripe-emulator/core";

/** What Stripe holds of one subscription, as far as the rules speak of it. Epoch milliseconds. */
export interface TrueSubscription {
  readonly id: string;
  readonly ours: boolean;
  readonly status: string;
  readonly trialEnd: number | null;
  readonly periodEnd: number;
  readonly periodStart: number;
  readonly cancelAt: number | null;
  /** An invoice above 0 was paid. */
  readonly paid: boolean;
  readonly oldestOpenInvoice: number | null;
}

interface Version {
  readonly step: number;
  readonly text: string;
  readonly subscriptions: readonly TrueSubscription[];
}

const ms = (seconds: number | null | undefined): number | null => (seconds == null ? null : seconds * 1000);

/** The history of what was true at Stripe of each customer, read from the emulator's own documents, not from its answers. */
export class StripeTruth {
  readonly #core: Core;
  readonly #offer: { priceId: string; productId: string };
  readonly #versions = new Map<string, Version[]>();

  constructor(core: Core, offer: { priceId: string; productId: string }) {
    this.#core = core;
    this.#offer = offer;
  }

  /** Writes down what changed until now, as seen after this step. */
  note(step: number): void {
    for (const customer of this.#core.store.all("customers")) {
      const subscriptions = this.now(customer.id);
      const text = JSON.stringify(subscriptions);
      const history = this.#versions.get(customer.id) ?? [];
      if (history.at(-1)?.text !== text) history.push({ step, text, subscriptions });
      this.#versions.set(customer.id, history);
    }
  }

  now(customer: string): TrueSubscription[] {
    const { store } = this.#core;
    return store.where("subscriptions", "customer", customer).map((one) => {
      const invoices = store.where("invoices", "subscription", one.id);
      const open = invoices.filter((invoice) => invoice.status === "open").map((invoice) => invoice.created);
      const items = one.items.data;
      return {
        id: one.id,
        ours: items.some(
          ({ price }) => price.id === this.#offer.priceId || price.product === this.#offer.productId,
        ),
        status: one.status,
        trialEnd: ms(one.trial_end),
        periodEnd: Math.max(...items.map((item) => item.current_period_end)) * 1000,
        periodStart: Math.max(...items.map((item) => item.current_period_start)) * 1000,
        cancelAt: ms(one.cancel_at),
        paid: invoices.some((invoice) => invoice.status === "paid" && invoice.amount_paid > 0),
        oldestOpenInvoice: open.length > 0 ? Math.min(...open) * 1000 : null,
      };
    });
  }

  /** Everything that was true of a customer at some moment from step `from` to step `to`. */
  between(customer: string, from: number, to: number): (readonly TrueSubscription[])[] {
    const history = this.#versions.get(customer) ?? [];
    return history
      .filter(
        (version, at) => version.step <= to && (history[at + 1]?.step ?? Number.POSITIVE_INFINITY) > from,
      )
      .map((version) => version.subscriptions);
  }
}
