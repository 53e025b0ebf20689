import type Stripe from "stripe";
import { isIban } from "../billing/bank-debits.ts";
import { passesLuhn } from "../billing/luhn.ts";
import { saveBankDebit, savePaymentMethod } from "../billing/payment-methods.ts";
import { cardOfToken } from "../billing/test-cards.ts";
import type { World } from "../billing/world.ts";
import { badParam, badState, CardRefused, missing } from "../http/errors.ts";
import { hash, ignored, integer, mergeMetadata, metadata, oneOf, text } from "../http/params.ts";
import { addressOf, addressParam } from "./shapes.ts";

/** Name, address and the like, as they are sent. */
export const billingParam = hash({
  address: addressParam,
  email: text,
  name: text,
  phone: text,
  tax_id: text,
});

/** What makes a payment method, on its own or within an intent's `payment_method_data`. */
export const METHOD_DATA = {
  type: oneOf("card", "sepa_debit"),
  card: hash({
    number: text,
    exp_month: integer,
    exp_year: integer,
    cvc: text,
    token: text,
    networks: ignored,
  }),
  sepa_debit: hash({ iban: text }, "iban"),
  billing_details: billingParam,
  metadata,
  allow_redisplay: oneOf("always", "limited", "unspecified"),
  radar_options: ignored,
};
const readData = hash(METHOD_DATA);
export type MethodData = ReturnType<typeof readData>;

/** Makes a payment method that belongs to nobody yet. `at` is where its parameters stand in the call. */
export function createPaymentMethod(world: World, data: MethodData, at = ""): Stripe.PaymentMethod {
  const name = (key: string) => (at === "" ? key : `${at}[${key}]`);
  if (!data.type)
    throw badParam("parameter_missing", `Missing required param: ${name("type")}.`, name("type"));
  if (!data[data.type])
    throw badParam("parameter_missing", `Missing required param: ${data.type}.`, name(data.type));
  if (data.type === "sepa_debit" && !(data.billing_details?.name && data.billing_details.email)) {
    const lacks = data.billing_details?.name ? "email" : "name";
    throw badParam(
      "parameter_missing",
      `Missing required param: billing_details[${lacks}].`,
      name(`billing_details[${lacks}]`),
    );
  }
  const made =
    data.type === "card" ? ofCard(world, data.card ?? {}) : ofBank(world, data.sepa_debit?.iban ?? "");
  return world.change("paymentMethods", made.id, {
    billing_details: billingOf(made.billing_details, data.billing_details),
    metadata: mergeMetadata({}, data.metadata),
    allow_redisplay: data.allow_redisplay ?? "unspecified",
  });
}

/** Billing details after those that were sent. */
export function billingOf(
  before: Stripe.PaymentMethod.BillingDetails,
  sent: ReturnType<typeof billingParam> | null | undefined,
): Stripe.PaymentMethod.BillingDetails {
  if (!sent) return before;
  const { address, ...plain } = sent;
  return { ...before, ...plain, ...(address !== undefined && { address: addressOf(address) }) };
}

type CardData = NonNullable<MethodData["card"]>;

function ofCard(world: World, card: CardData): Stripe.PaymentMethod {
  if (card.token) return ofToken(world, card.token);
  const year = new Date(world.now() * 1000).getUTCFullYear();
  const number = (card.number ?? "").replaceAll(/[\s-]/g, "");
  const [expMonth, expYear] = [card.exp_month ?? 0, card.exp_year ?? 0];
  const month = new Date(world.now() * 1000).getUTCMonth() + 1;
  if (!passesLuhn(number)) throw wrong("incorrect_number", "number", "Your card number is incorrect.");
  if (expMonth < 1 || expMonth > 12)
    throw wrong("invalid_expiry_month", "exp_month", "Your card's expiration month is invalid.");
  const full = expYear < 100 ? 2000 + expYear : expYear;
  if (full > year + 50 || full * 12 + expMonth < year * 12 + month)
    throw wrong("invalid_expiry_year", "exp_year", "Your card's expiration year is invalid.");
  if (card.cvc && !/^\d{3,4}$/.test(card.cvc))
    throw wrong("invalid_cvc", "cvc", "Your card's security code is invalid.");
  return save(world, number, { expMonth, expYear: full });
}

function ofToken(world: World, token: string): Stripe.PaymentMethod {
  const known = token.startsWith("tok_") ? cardOfToken(token) : undefined;
  if (known === undefined) throw missing("token", token, "card[token]");
  return save(world, known.number, {
    expMonth: 12,
    expYear: new Date(world.now() * 1000).getUTCFullYear() + 1,
  });
}

function save(
  world: World,
  number: string,
  expiry: { expMonth: number; expYear: number },
): Stripe.PaymentMethod {
  const input = { number, ...expiry, cvc: "", name: null, country: null, postalCode: null };
  return savePaymentMethod(world, input, { email: null, authenticated: false });
}

function ofBank(world: World, typed: string): Stripe.PaymentMethod {
  const iban = typed.replaceAll(/\s/g, "").toUpperCase();
  if (isIban(iban)) return saveBankDebit(world, iban);
  throw badState("The IBAN you entered is invalid.", {
    code: "invalid_bank_account_iban",
    param: "sepa_debit[iban]",
  });
}

function wrong(code: string, param: string, message: string): CardRefused {
  return new CardRefused({ code, message, declineCode: null }, { param });
}
