import type Stripe from "stripe";
import { liveCustomer } from "../objects/customer.ts";
import { leastCharge } from "./least-charge.ts";
import type { World } from "./world.ts";

type Type = "adjustment" | "applied_to_invoice" | "initial" | "invoice_too_small" | "unapplied_from_invoice";

interface Movement {
  /** Negative: credit for the customer. */
  amount: number;
  currency: string;
  type: Type;
  invoice?: string;
  description?: string | null;
  metadata?: Stripe.Metadata;
}

/** Moves the balance of a customer, tells of it, and writes down why. */
export function moveBalance(
  world: World,
  customer: Stripe.Customer,
  movement: Movement,
): Stripe.CustomerBalanceTransaction {
  world.update("customer.updated", customer.id, { balance: customer.balance + movement.amount });
  return noteMovement(world, customer, movement);
}

/** Writes down why the balance of a customer moves from what it is. */
export function noteMovement(
  world: World,
  customer: Pick<Stripe.Customer, "id" | "balance">,
  movement: Movement,
): Stripe.CustomerBalanceTransaction {
  return world.store.put("balanceTransactions", {
    id: world.id("cbtxn"),
    object: "customer_balance_transaction",
    amount: movement.amount,
    checkout_session: null,
    created: world.now(),
    credit_note: null,
    currency: movement.currency,
    customer: customer.id,
    customer_account: null,
    description: movement.description ?? null,
    ending_balance: customer.balance + movement.amount,
    invoice: movement.invoice ?? null,
    livemode: false,
    metadata: movement.metadata ?? {},
    type: movement.type,
  });
}

/**
 * What an invoice is due once the customer's balance is counted: credit pays first, a debt is added, and what the
 * invoice gives back becomes credit. What is too small to be charged is owed until the next one (the SDK's comment
 * on `amount_due`).
 */
export function settleBalance(world: World, draft: Stripe.Invoice): Partial<Stripe.Invoice> {
  const customer = liveCustomer(world, String(draft.customer));
  const before = customer?.balance ?? 0;
  const foreign = customer?.currency != null && customer.currency !== draft.currency && before !== 0;
  if (customer === null || foreign) return { starting_balance: before, ending_balance: before };
  const sum = draft.total + before;
  const { currency, id: invoice } = draft;
  const tooSmall = world.settings.smallInvoices === "carry" && sum > 0 && sum < leastCharge(currency);
  const ending = tooSmall ? sum : Math.min(0, sum);
  const due = tooSmall ? 0 : Math.max(0, sum);
  if (ending !== before) {
    const type = tooSmall ? "invoice_too_small" : "applied_to_invoice";
    moveBalance(world, customer, { amount: ending - before, currency, type, invoice });
  }
  return { starting_balance: before, ending_balance: ending, amount_due: due, amount_remaining: due };
}

/** What an invoice took from, or added to, the balance goes back when it is void (changelog of 2019-12-03). */
export function giveBalanceBack(world: World, { id, ...invoice }: Stripe.Invoice): void {
  const customer = liveCustomer(world, String(invoice.customer));
  const amount = (invoice.starting_balance ?? 0) - (invoice.ending_balance ?? 0);
  if (customer === null || amount === 0 || invoice.ending_balance === null) return;
  const { currency } = invoice;
  moveBalance(world, customer, { amount, currency, type: "unapplied_from_invoice", invoice: id });
}
