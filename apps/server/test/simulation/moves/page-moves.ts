import type { Life } from "../life.ts";
import { pick, weighted } from "../seeded-draws.ts";
import type { Move, MoveKind, MoveKinds } from "./move.ts";

const CARDS = {
  "4242424242424242": 55,
  "4000000000000002": 8,
  "4000000000009995": 4,
  "4000002500003155": 8,
  "4000002760003184": 8,
  "4000000000000341": 12,
  "4000008260003178": 2,
  "4000000000000259": 3,
};
const LIVE = ["trialing", "active", "past_due", "unpaid", "paused", "incomplete"];

const openPages = (life: Life) =>
  life.people.flatMap((person) =>
    person.pages
      .filter((id) => life.core.store.get("sessions", id)?.status === "open")
      .map((id) => ({ person, id })),
  );

/** Subscriptions that are not over, of living customers. */
export const liveSubscriptions = (life: Life) =>
  life.core.store.all("subscriptions").filter(({ status }) => LIVE.includes(status));

const aboutSubscription = (
  weight: number,
  what: string,
  work: (life: Life, subscription: ReturnType<typeof liveSubscriptions>[number], move: Move) => void,
): MoveKind => ({
  weight,
  can: (life) => liveSubscriptions(life).length > 0,
  make(life, move) {
    const subscription = pick(liveSubscriptions(life), move.a);
    if (!subscription) return;
    life.tell(`${what} (${subscription.id}, ${subscription.status}).`);
    work(life, subscription, move);
  },
});

const openInvoices = (life: Life) =>
  life.core.store.all("invoices").filter(({ status, parent }) => status === "open" && parent !== null);

/** What people do on Stripe's pages. */
export const PAGE_MOVES: MoveKinds = {
  "page: pays": {
    weight: 5,
    can: (life) => openPages(life).length > 0,
    make(life, move) {
      const page = pick(openPages(life), move.a);
      if (!page) return;
      const card = weighted(CARDS, move.b);
      const authentication = move.c < 0.15 ? "fail" : "complete";
      const { outcome } = life.core.people.pay(page.id, { card, authentication });
      life.tell(`${page.person.name} pays on the checkout page with ${card}: ${outcome}.`);
      life.figures.add(`paid: ${outcome}`);
    },
  },
  "portal: schedules a cancel": aboutSubscription(0.6, "Somebody cancels in the portal", (life, { id }) =>
    life.core.people.cancelAtPeriodEnd(id),
  ),
  "portal: keeps": aboutSubscription(0.4, "Somebody keeps the subscription in the portal", (life, { id }) =>
    life.core.people.keep(id),
  ),
  "portal: cancels now": aboutSubscription(
    0.3,
    "Somebody ends the subscription in the portal",
    (life, { id }) => life.core.people.cancelNow(id),
  ),
  "portal: changes the card": aboutSubscription(
    0.8,
    "Somebody changes the card",
    (life, { customer }, move) => {
      life.core.people.changeCard(String(customer), weighted(CARDS, move.b));
    },
  ),
  "page: pays an open invoice": {
    weight: 1,
    can: (life) => openInvoices(life).length > 0,
    make(life, move) {
      const invoice = pick(openInvoices(life), move.a);
      if (!invoice) return;
      const paid = life.core.people.payInvoice(invoice.id, weighted(CARDS, move.b));
      life.tell(`Somebody pays the open invoice ${invoice.id}: ${paid ? "paid" : "refused"}.`);
    },
  },
};
