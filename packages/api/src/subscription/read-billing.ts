import type { billingOutput } from "@liveassist/shared/inputs/subscription";
import { isOver } from "@liveassist/shared/subscription";
import type { z } from "zod";
import { subscriptionRowsOf } from "../billing/load-facts.ts";
import { customersOf } from "../billing/sync-user.ts";
import type { Actor, Deps } from "../deps.ts";
import type { BillingSnapshot } from "../stripe-port.ts";
import { withPatience } from "../with-patience.ts";

export type Billing = z.infer<typeof billingOutput>;

const PATIENCE_MS = 2_000;
const NOTHING: Billing = { available: true, card: null, receipts: [], open_invoice: null };
const AWAY: Billing = { ...NOTHING, available: false };

/**
 * The card on file, the receipts and what waits to be paid, of all the caller's own customers (`GET
 * /api/subscriptions/billing`). Asked from Stripe for at most 2 s; while it is away `available` is false, never an error.
 */
export async function readBilling(deps: Deps, actor: Actor): Promise<Billing> {
  const [customers, rows] = await Promise.all([
    customersOf(deps, actor.userId),
    subscriptionRowsOf(deps.db, actor.userId),
  ]);
  if (customers.length === 0) return NOTHING;
  // The customer that pays speaks first: its card is the one that is charged.
  const owner = rows.find((row) => !isOver(row.status))?.customerId;
  const order = customers
    .map((one) => one.customerId)
    .sort((a, b) => Number(b === owner) - Number(a === owner));
  try {
    const asked = deps.coalesce(`billing:${actor.userId}`, () =>
      Promise.all(order.map((id) => deps.stripe.readBilling(id))),
    );
    const answers = await withPatience(asked, PATIENCE_MS);
    return answers ? merge(answers) : AWAY;
  } catch (error) {
    deps.log.warn({ err: error, userId: actor.userId }, "Stripe could not be asked for card and receipts");
    return AWAY;
  }
}

function merge(answers: readonly BillingSnapshot[]): Billing {
  const card = answers.find((one) => one.card !== null)?.card ?? null;
  const open = answers.find((one) => one.openInvoice !== null)?.openInvoice ?? null;
  const receipts = answers.flatMap((one) => one.receipts).sort((a, b) => b.paidAt - a.paidAt);
  return {
    available: true,
    card: card && { brand: card.brand, last4: card.last4, exp_month: card.expMonth, exp_year: card.expYear },
    receipts: receipts.map(({ id, paidAt, amountOre, currency, url }) => ({
      id,
      paid_at: new Date(paidAt).toISOString(),
      amount_ore: amountOre,
      currency,
      url,
    })),
    open_invoice: open && { amount_ore: open.amountOre, currency: open.currency, url: open.url },
  };
}
