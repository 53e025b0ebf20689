import type Stripe from "stripe";
import { invoiceOfIntent } from "../billing/confirm-intent.ts";
import type { World } from "../billing/world.ts";
import { badState, type StripeError } from "../http/errors.ts";

/** 400: not in the state the intent is in. The intent is in the error. */
export function unexpected(intent: Stripe.PaymentIntent, message: string): StripeError {
  return badState(message, { code: "payment_intent_unexpected_state", payment_intent: intent });
}

/** Refuses to confirm what only a checkout page may pay, and what is no longer owed. */
export function checkConfirmable(world: World, intent: Stripe.PaymentIntent): void {
  if (sessionOf(world, intent) !== undefined)
    throw unexpected(intent, "You cannot confirm the PaymentIntent for a Checkout Session.");
  const invoice = invoiceOfIntent(world, intent.id);
  if (invoice === undefined || invoice.status === "open" || invoice.status === "uncollectible") return;
  if (intent.status !== "succeeded")
    throw unexpected(
      intent,
      `You cannot confirm this PaymentIntent because its invoice is ${invoice.status}.`,
    );
}

/** Refuses to cancel what a session or an invoice still waits for. */
export function checkOwnerLetsGo(world: World, intent: Stripe.PaymentIntent): void {
  if (sessionOf(world, intent)?.status === "open" && intent.status !== "requires_capture")
    throw unexpected(
      intent,
      "You cannot cancel the PaymentIntent for a Checkout Session. Expire the Checkout Session instead.",
    );
  if (invoiceOfIntent(world, intent.id) !== undefined && intent.status !== "succeeded")
    throw unexpected(
      intent,
      "You cannot cancel this PaymentIntent because it was created by an Invoice. Void the Invoice instead.",
    );
}

/** Refuses another amount, currency or customer for the intent of an invoice or session: theirs count. */
export function checkOwnAmount(
  world: World,
  intent: Stripe.PaymentIntent,
  params: Partial<Record<"amount" | "currency" | "customer", unknown>>,
): void {
  const field = (["amount", "currency", "customer"] as const).find((name) => params[name] !== undefined);
  if (field === undefined) return;
  const owner = invoiceOfIntent(world, intent.id)
    ? "Invoice"
    : sessionOf(world, intent)
      ? "Checkout Session"
      : null;
  if (owner === null) return;
  throw badState(
    `The ${field} of a PaymentIntent that was created by ${owner === "Invoice" ? "an" : "a"} ${owner} cannot be updated.`,
    {
      param: field,
      payment_intent: intent,
    },
  );
}

function sessionOf(world: World, { id }: Stripe.PaymentIntent): Stripe.Checkout.Session | undefined {
  const plan = world.store.all("checkoutPlans").find((row) => row.intent === id);
  return plan === undefined ? undefined : world.store.get("sessions", plan.id);
}
