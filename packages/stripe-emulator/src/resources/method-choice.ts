import type Stripe from "stripe";
import type { World } from "../billing/world.ts";
import { badState, type ErrorBody } from "../http/errors.ts";
import type { Call } from "../http/route.ts";
import { createPaymentMethod, type MethodData } from "./payment-method-data.ts";
import { resolvePaymentMethod } from "./resolve-payment-method.ts";

type Types = string[] | null | undefined;

export interface TypeWish {
  payment_method_types?: Types;
  allowed_payment_method_types?: Types;
  excluded_payment_method_types?: Types;
}

/** The types an intent takes: what this account has for its currency (null: any), narrowed as the call says. */
export function typesOf(wish: TypeWish, currency: string | null): string[] {
  const had = currency === null || currency === "eur" ? ["card", "sepa_debit"] : ["card"];
  const offered = wish.payment_method_types ?? had;
  const allowed = wish.allowed_payment_method_types ?? offered;
  const excluded = wish.excluded_payment_method_types ?? [];
  return offered.filter((type) => allowed.includes(type) && !excluded.includes(type));
}

/** What of the wish stands on the intent. */
export function wishShown(wish: TypeWish) {
  const { allowed_payment_method_types: allowed, excluded_payment_method_types: excluded } = wish;
  return {
    ...(allowed !== undefined && { allowed_payment_method_types: allowed }),
    ...(excluded !== undefined && { excluded_payment_method_types: excluded }),
  };
}

/** The method a call names or describes; undefined when it does neither. */
export function methodOf(
  { world }: Call,
  params: { payment_method?: string | null; payment_method_data?: MethodData | null },
): Stripe.PaymentMethod | undefined {
  if (params.payment_method_data)
    return createPaymentMethod(world, params.payment_method_data, "payment_method_data");
  if (!params.payment_method) return undefined;
  return resolvePaymentMethod(world, params.payment_method, "payment_method");
}

interface Owner {
  id: string;
  object: "payment_intent" | "setup_intent";
  customer: string | null;
  payment_method_types: string[];
}

/** Refuses a method that belongs to somebody else, was used up, or is of a type the intent does not take. */
export function checkMethod(
  world: World,
  method: Stripe.PaymentMethod,
  owner: Owner & { about: Partial<ErrorBody> },
): void {
  const { about, customer } = owner;
  const noun = owner.object === "payment_intent" ? "PaymentIntent" : "SetupIntent";
  if (method.customer !== null && customer === null) {
    const isPayment = owner.object === "payment_intent";
    const message = isPayment
      ? `The \`payment_method\` parameter supplied ${method.id} belongs to the Customer ${String(method.customer)}. Please include the Customer in the \`customer\` parameter on the PaymentIntent.`
      : `The payment method supplied (${method.id}) belongs to the Customer ${String(method.customer)}. Please include the Customer in the \`customer\` parameter on the SetupIntent.`;
    throw badState(
      message,
      isPayment
        ? { ...about, code: "parameter_missing", param: "source" }
        : { ...about, param: "payment_method" },
    );
  }
  if (method.customer !== null && method.customer !== customer) {
    const message = `The PaymentMethod ${method.id} does not belong to the Customer you supplied ${customer}. Please use this PaymentMethod with the Customer that it belongs to instead.`;
    throw badState(message, { ...about, param: "payment_method" });
  }
  checkUnspent(world, method);
  if (owner.payment_method_types.includes(method.type)) return;
  const message = `The PaymentMethod provided (${method.type}) is not allowed for this ${noun}. Please attach a PaymentMethod of one of the following types: ${owner.payment_method_types.join(", ")}.`;
  const code = owner.object === "payment_intent" ? "payment_intent_incompatible_payment_method" : undefined;
  throw badState(message, { ...about, param: "payment_method", ...(code && { code }) });
}

/** Refuses a method that was used without a customer or detached from one: it is good for nothing any more. */
export function checkUnspent(world: World, method: Stripe.PaymentMethod): void {
  if (method.customer !== null || world.store.get("cards", method.id)?.spent !== true) return;
  throw badState(
    "The provided PaymentMethod was previously used with a PaymentIntent without Customer attachment, shared with a connected account without Customer attachment, or was detached from a Customer. It may not be used again. To use a PaymentMethod multiple times, you must attach it to a Customer first.",
  );
}
