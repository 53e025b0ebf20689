import type Stripe from "stripe";
import { cancelSubscription, scheduleCancel, unscheduleCancel } from "./billing/cancel-subscription.ts";
import { changeCard } from "./billing/change-card.ts";
import { closeDispute, openDispute } from "./billing/disputes.ts";
import { challengedCard, payHostedInvoice, storedCard } from "./billing/pay-hosted-invoice.ts";
import { savePaymentMethod } from "./billing/payment-methods.ts";
import { type Play, playCheckout } from "./billing/play-checkout.ts";
import { Schedule } from "./billing/schedule.ts";
import { testCard } from "./billing/test-cards.ts";
import { World } from "./billing/world.ts";
import type { CheckoutResult } from "./emulator.ts";
import { answerInProcess } from "./http/answer-in-process.ts";
import { randomSource } from "./ids.ts";
import { DEFAULT_SETTINGS, type Settings } from "./settings.ts";
import { Store } from "./store/store.ts";

export interface CoreOptions {
  /** Milliseconds at the start. */
  now: number;
  seed: number;
  settings?: Partial<Settings>;
}

/**
 * The whole of Stripe without network, timers or disk: for simulations. Time stands still until `advance`. Deliveries
 * are the caller's: every event is handed to `onEvent`, at once and in the usual order.
 */
export interface Core {
  /** Milliseconds. */
  now(): number;
  /** When the next thing happens by itself (ms); null when nothing is planned. */
  nextDue(): number | null;
  /** Lets time pass (ms); everything due happens in order, each at its moment. */
  advance(ms: number): void;
  /** The API, answered at once: give it to the SDK by `Stripe.createFetchHttpClient(core.fetch)`. */
  fetch: (url: string | URL | Request, init?: RequestInit) => Promise<Response>;
  onEvent(listener: (event: Stripe.Event) => void): void;
  /** Documents as the API would show them; `where` looks up by index, `all` oldest first. */
  store: Store;
  /** What people and banks do on Stripe's pages. */
  people: People;
}

export interface People {
  pay(session: string, play?: Play): CheckoutResult;
  /** Saves a card in the portal; what is open is charged on it. False when it was refused. */
  changeCard(customer: string, card?: string): boolean;
  /** In the portal: sets `cancel_at` only. */
  cancelAtPeriodEnd(subscription: string): void;
  keep(subscription: string): void;
  cancelNow(subscription: string): void;
  /** On the hosted page, with the stored card or another, 3-D Secure passed. False when it was refused. */
  payInvoice(invoice: string, card?: string): boolean;
  dispute(charge: string): string;
  closeDispute(id: string, outcome: "won" | "lost"): void;
}

/** Makes a core. Renewal drafts wait their hour and no longer, since nobody answers `invoice.created`. */
export function createCore({ now: start, seed, settings }: CoreOptions): Core {
  let now = start;
  const merged = { ...DEFAULT_SETTINGS, draftSecondsUnanswered: DEFAULT_SETTINGS.draftSeconds, ...settings };
  const store = new Store();
  const world = new World(store, () => now, { settings: merged, random: randomSource(seed) });
  const schedule = new Schedule(world);
  // An advance of a test clock is due at once, whoever asked for it.
  const settle = () => {
    schedule.runUntil(Math.floor(now / 1000));
    store.commit();
  };
  return {
    now: () => now,
    nextDue() {
      const next = schedule.next();
      return next === null ? null : Math.max(next.at * 1000, now);
    },
    advance(ms) {
      now += ms;
      settle();
    },
    fetch: answerInProcess(world, settle),
    onEvent(listener) {
      world.onEvent = listener;
    },
    store,
    people: peopleOf(world),
  };
}

function peopleOf(world: World): People {
  const subscription = (id: string) => mustGet(world.store.get("subscriptions", id), id);
  const update = (id: string, patch: Partial<Stripe.Subscription>) =>
    done(world, () => world.update("customer.subscription.updated", id, patch));
  return {
    pay: (session, play) => playCheckout(world, session, play),
    changeCard(customer, card) {
      const typed = testCard(card, world.now());
      return done(world, () => changeCard(world, customer, typed)).kind === "ok";
    },
    cancelAtPeriodEnd: (id) => void update(id, scheduleCancel(world, subscription(id), "portal")),
    keep: (id) => void update(id, unscheduleCancel()),
    cancelNow(id) {
      done(world, () => cancelSubscription(world, id, { reason: "cancellation_requested" }));
    },
    payInvoice(id, card) {
      const invoice = mustGet(world.store.get("invoices", id), id);
      const stored = challengedCard(world, id) ?? storedCard(world, invoice);
      const method = card === undefined ? mustGet(stored, `card for ${id}`) : saved(world, card);
      return done(world, () => payHostedInvoice(world, id, { method, challengePassed: true })).kind === "ok";
    },
    dispute(id) {
      const charge = mustGet(world.store.get("charges", id), id);
      return done(world, () => openDispute(world, charge, { reason: "fraudulent", inquiry: false })).id;
    },
    closeDispute(id, outcome) {
      const dispute = mustGet(world.store.get("disputes", id), id);
      done(world, () => closeDispute(world, dispute, outcome));
    },
  };
}

function saved(world: World, number: string): Stripe.PaymentMethod {
  return savePaymentMethod(world, testCard(number, world.now()), { email: null, authenticated: true });
}

function done<R>(world: World, work: () => R): R {
  const result = work();
  world.store.commit();
  return result;
}

function mustGet<T>(found: T | undefined | null, what: string): T {
  if (found === undefined || found === null) throw new RangeError(`There is no ${what}.`);
  return found;
}
