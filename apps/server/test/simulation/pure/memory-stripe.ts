import { StripeError, type StripePort } from "@liveassist/api";
import { toCheckout, toCustomer, toInvoice, toSubscription } from "../../../src/adapters/stripe-snapshots.ts";
import type { Effects } from "../effects.ts";
import type { Stage } from "../stage.ts";

const away = (what: string): StripeError => new StripeError("unavailable", `Stripe network: ${what}`, null);

/** Stripe's port straight over the emulator's documents: each question waits to arrive, each answer to come back. */
export function memoryStripe(stage: Stage, effects: Effects, worker: string): StripePort {
  const { store } = stage.core;

  async function ask<T>(label: string, work: () => T, stale: () => T | null = () => null): Promise<T> {
    const verdict = await effects.park(worker, "request", label);
    const isStale = verdict.kind === "fail" && verdict.fault === "stale";
    if (verdict.kind === "fail" && !isStale) throw away(verdict.fault);
    const answer = (isStale ? stale() : null) ?? work();
    const arrival = await effects.park(worker, "answer", `answer to ${label}`);
    if (arrival.kind === "lost" || arrival.kind === "fail") throw away("answer lost");
    return answer;
  }

  const port: Partial<StripePort> = {
    listSubscriptions: (customer) =>
      ask(
        "GET subscriptions",
        () => {
          if (!store.get("customers", customer)) return null;
          const list = store.where("subscriptions", "customer", customer).toReversed().map(toSubscription);
          stage.replicas.remember(customer, { body: JSON.stringify(list), step: stage.step });
          return list;
        },
        () => {
          const body = stage.replicas.stale(customer, customer, stage.step);
          return body === null ? null : (JSON.parse(body) as ReturnType<typeof toSubscription>[]);
        },
      ),
    listInvoices: (customer) =>
      ask("GET invoices", () => store.where("invoices", "customer", customer).toReversed().map(toInvoice)),
    retrieveSubscription: (id) =>
      ask("GET a subscription", () => found(store.get("subscriptions", id), toSubscription)),
    retrieveInvoice: (id) => ask("GET an invoice", () => found(store.get("invoices", id), toInvoice)),
    retrieveCustomer: (id) => ask("GET a customer", () => found(store.get("customers", id), toCustomer)),
    retrieveCheckoutSession: (id) =>
      ask("GET a checkout session", () => found(store.get("sessions", id), toCheckout)),
  };
  // Observing asks for nothing else; anything else is a mistake of the simulation, and shows as one.
  return port as StripePort;
}

const found = <D, S>(document: D | undefined, toSnapshot: (document: D) => S): S | null =>
  document === undefined ? null : toSnapshot(document);
