import type Stripe from "stripe";
import { answerAuthentication } from "./billing/answer-authentication.ts";
import {
  cancelSubscription,
  isEnded,
  scheduleCancel,
  unscheduleCancel,
} from "./billing/cancel-subscription.ts";
import { changeCard } from "./billing/change-card.ts";
import { closeDispute, isOpen, openDispute } from "./billing/disputes.ts";
import { challengedCard, payHostedInvoice, storedCard } from "./billing/pay-hosted-invoice.ts";
import { savePaymentMethod } from "./billing/payment-methods.ts";
import { type Play, playCheckout } from "./billing/play-checkout.ts";
import { Schedule } from "./billing/schedule.ts";
import { testCard } from "./billing/test-cards.ts";
import { inTimeOf } from "./billing/test-clock.ts";
import { World } from "./billing/world.ts";
import type { CheckoutResult } from "./emulator.ts";
import { answerInProcess } from "./http/answer-in-process.ts";
import { randomSource } from "./ids.ts";
import { liveCustomer } from "./objects/customer.ts";
import { DEFAULT_SETTINGS, type Settings } from "./settings.ts";
import { Retention } from "./store/retention.ts";
import { Store } from "./store/store.ts";

/** A simulation looks back at all that was, unless its settings say otherwise. */
const KEEP_ALL: Pick<Settings, "eventsKept" | "keysKept"> = {
  eventsKept: [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY],
  keysKept: Number.POSITIVE_INFINITY,
};

export interface CoreOptions {
  /** Milliseconds at the start. */
  now: number;
  seed: number;
  settings?: Partial<Settings>;
}

/**
 * The whole of Stripe without network, timers or disk: for simulations. Time stands still until `advance`. Deliveries
 * are the caller's: every event is handed to `onEvent`, once it is on record, in the usual order.
 */
export interface Core {
  /** Milliseconds. */
  now(): number;
  /** When the next thing happens by itself (ms); null when nothing is planned. */
  nextDue(): number | null;
  /** Lets time pass (ms, never back); everything due happens in order, each at its moment. */
  advance(ms: number): void;
  /** The API, answered at once: give it to the SDK by `Stripe.createFetchHttpClient(core.fetch)`. */
  fetch: (url: string | URL | Request, init?: RequestInit) => Promise<Response>;
  onEvent(listener: (event: Stripe.Event) => void): void;
  /** Documents as the API would show them; `where` looks up by index, `all` oldest first. */
  store: Store;
  /** What people and banks do on Stripe's pages. */
  people: People;
}

/** Throws a RangeError for what no page or bank would offer, and changes nothing then. */
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
  /** At the bank, for a payment or setup intent made through the API. */
  authenticate(intent: string, outcome: "pass" | "fail"): void;
  dispute(charge: string): string;
  closeDispute(id: string, outcome: "won" | "lost"): void;
}

/** Makes a core. Renewal drafts wait their hour and no longer, since nobody answers `invoice.created`. */
export function createCore({ now: start, seed, settings }: CoreOptions): Core {
  let now = start;
  const draftSecondsUnanswered = DEFAULT_SETTINGS.draftSeconds;
  const merged = { ...DEFAULT_SETTINGS, ...KEEP_ALL, draftSecondsUnanswered, ...settings };
  const store = new Store();
  const world = new World(store, () => now, { settings: merged, random: randomSource(seed) });
  const schedule = new Schedule(world);
  const retention = new Retention(world);
  let listener: (event: Stripe.Event) => void = () => {};
  let news: Stripe.Event[] = [];
  world.onEvent = (event) => news.push(event);
  /** What a refused call took back was never told. */
  const tell = () => {
    const kept = news.filter(({ id }) => store.get("events", id) !== undefined);
    news = [];
    for (const event of kept) listener(event);
  };
  // An advance of a test clock is due at once, whoever asked for it.
  const settle = () => {
    tell();
    schedule.runUntil(Math.floor(now / 1000));
    store.commit();
    retention.sweep();
    tell();
  };
  return {
    now: () => now,
    nextDue() {
      const next = schedule.next();
      return next === null ? null : Math.max(next.at * 1000, now);
    },
    advance(ms) {
      if (!(ms >= 0)) throw new RangeError(`Time advances by milliseconds, 0 or more, not by ${ms}.`);
      now += ms;
      settle();
    },
    fetch: answerInProcess(world, settle),
    onEvent(heard) {
      listener = heard;
    },
    store,
    people: peopleOf(world, settle),
  };
}

/** By whose clock something happens. */
type Whose = Stripe.Subscription["customer"] | Stripe.Charge["customer"];

function peopleOf(world: World, settle: () => void): People {
  const done = <R>(whose: Whose, work: () => R) =>
    allOrNothing(world, () => inTimeOf(world, String(whose), work), settle);
  const live = (id: string) => {
    const subscription = world.store.get("subscriptions", id);
    return mustGet(subscription && !isEnded(subscription) ? subscription : null, `live subscription ${id}`);
  };
  const update = (id: string, patch: (row: Stripe.Subscription) => Partial<Stripe.Subscription>) => {
    const row = live(id);
    done(row.customer, () => world.update("customer.subscription.updated", id, patch(row)));
  };
  return {
    pay: (session, play) => done(null, () => playCheckout(world, session, play)),
    changeCard(customer, card) {
      mustGet(liveCustomer(world, customer), `customer ${customer}`);
      return done(customer, () => changeCard(world, customer, testCard(card, world.now()))).kind === "ok";
    },
    cancelAtPeriodEnd: (id) => update(id, (row) => scheduleCancel(world, row, "portal")),
    keep: (id) => update(id, unscheduleCancel),
    cancelNow(id) {
      done(live(id).customer, () => cancelSubscription(world, id, { reason: "cancellation_requested" }));
    },
    payInvoice(id, card) {
      const invoice = mustGet(world.store.get("invoices", id), id);
      mustGet(invoice.status === "open" ? invoice : null, `open invoice ${id}`);
      const stored = challengedCard(world, id) ?? storedCard(world, invoice);
      const known = card === undefined ? mustGet(stored, `card for ${id}`) : null;
      const pay = () =>
        payHostedInvoice(world, id, { method: known ?? saved(world, String(card)), challengePassed: true });
      return done(invoice.customer, pay).kind === "ok";
    },
    authenticate(id, outcome) {
      mustGet(answerAuthentication(world, id, outcome === "pass"), `challenge for ${id}`);
      world.store.commit();
    },
    dispute(id) {
      const charge = world.store.get("charges", id);
      if (charge?.status !== "succeeded" || charge.disputed)
        throw new RangeError(`There is no charge ${id} to dispute.`);
      return done(charge.customer, () => openDispute(world, charge, { reason: "fraudulent", inquiry: false }))
        .id;
    },
    closeDispute(id, outcome) {
      const dispute = world.store.get("disputes", id);
      if (dispute === undefined || !isOpen(dispute)) throw new RangeError(`There is no open dispute ${id}.`);
      const charge = world.store.get("charges", String(dispute.charge));
      done(charge?.customer ?? null, () => closeDispute(world, dispute, outcome));
    },
  };
}

function saved(world: World, number: string): Stripe.PaymentMethod {
  return savePaymentMethod(world, testCard(number, world.now()), { email: null, authenticated: true });
}

function allOrNothing<R>(world: World, work: () => R, settle: () => void): R {
  try {
    const result = work();
    world.store.commit();
    settle();
    return result;
  } catch (error) {
    world.store.rollback();
    throw error;
  }
}

function mustGet<T>(found: T | undefined | null, what: string): T {
  if (found === undefined || found === null) throw new RangeError(`There is no ${what}.`);
  return found;
}
