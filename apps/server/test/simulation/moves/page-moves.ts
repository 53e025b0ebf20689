import { pick, weighted } from "../seeded-draws.ts";
import type { Stage } from "../stage.ts";
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

const openPages = (stage: Stage) =>
  stage.people.flatMap((person) =>
    person.pages
      .filter((id) => stage.core.store.get("sessions", id)?.status === "open")
      .map((id) => ({ person, id })),
  );

/** Subscriptions that are not over, of living customers. */
export const liveSubscriptions = (stage: Stage) =>
  stage.core.store.all("subscriptions").filter(({ status }) => LIVE.includes(status));

const aboutSubscription = (
  weight: number,
  what: string,
  work: (stage: Stage, subscription: ReturnType<typeof liveSubscriptions>[number], move: Move) => void,
): MoveKind<Stage> => ({
  weight,
  can: (stage) => liveSubscriptions(stage).length > 0,
  make(stage, move) {
    const subscription = pick(liveSubscriptions(stage), move.a);
    if (!subscription) return;
    stage.tell(`${what} (${subscription.id}, ${subscription.status}).`);
    work(stage, subscription, move);
  },
});

const openInvoices = (stage: Stage) =>
  stage.core.store.all("invoices").filter(({ status, parent }) => status === "open" && parent !== null);

/** What people do on Stripe's pages. */
export const PAGE_MOVES: MoveKinds<Stage> = {
  "page: pays": {
    weight: 8,
    can: (stage) => openPages(stage).length > 0,
    make(stage, move) {
      const page = pick(openPages(stage), move.a);
      if (!page) return;
      const card = weighted(CARDS, move.b);
      const authentication = move.c < 0.15 ? "fail" : "complete";
      const { outcome } = stage.core.people.pay(page.id, { card, authentication });
      stage.tell(`${page.person.name} pays on the checkout page with ${card}: ${outcome}.`);
      stage.figures.add(`paid: ${outcome}`);
    },
  },
  "portal: schedules a cancel": aboutSubscription(0.6, "Somebody cancels in the portal", (stage, { id }) =>
    stage.core.people.cancelAtPeriodEnd(id),
  ),
  "portal: keeps": aboutSubscription(0.4, "Somebody keeps the subscription in the portal", (stage, { id }) =>
    stage.core.people.keep(id),
  ),
  "portal: cancels now": aboutSubscription(
    0.3,
    "Somebody ends the subscription in the portal",
    (stage, { id }) => stage.core.people.cancelNow(id),
  ),
  "portal: changes the card": aboutSubscription(
    0.8,
    "Somebody changes the card",
    (stage, { customer }, move) => {
      stage.core.people.changeCard(String(customer), weighted(CARDS, move.b));
    },
  ),
  "page: pays an open invoice": {
    weight: 1,
    can: (stage) => openInvoices(stage).length > 0,
    make(stage, move) {
      const invoice = pick(openInvoices(stage), move.a);
      if (!invoice) return;
      const paid = stage.core.people.payInvoice(invoice.id, weighted(CARDS, move.b));
      stage.tell(`Somebody pays the open invoice ${invoice.id}: ${paid ? "paid" : "refused"}.`);
    },
  },
};
