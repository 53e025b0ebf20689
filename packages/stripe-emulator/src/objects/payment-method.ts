import type Stripe from "stripe";
import { cardBehaviour } from "../billing/test-cards.ts";
import type { World } from "../billing/world.ts";
import type { CardInput } from "../store/tables.ts";

const NO_ADDRESS: Stripe.Address = {
  city: null,
  country: null,
  line1: null,
  line2: null,
  postal_code: null,
  state: null,
};

/** Name, e-mail and country as they were typed with the card. */
export function billingDetails(card: CardInput, email: string | null): Stripe.PaymentMethod.BillingDetails {
  return {
    address: { ...NO_ADDRESS, country: card.country, postal_code: card.postalCode },
    email,
    name: card.name,
    phone: null,
    tax_id: null,
  };
}

/** A card as a payment method, not attached to anybody yet. */
export function buildPaymentMethod(
  world: World,
  card: CardInput,
  email: string | null,
): Stripe.PaymentMethod {
  const { brand, country = "US", funding = "credit", failedChecks = [] } = cardBehaviour(card.number);
  const check = (detail: (typeof failedChecks)[number]) => (failedChecks.includes(detail) ? "fail" : null);
  return {
    id: world.id("pm"),
    object: "payment_method",
    allow_redisplay: "limited",
    billing_details: billingDetails(card, email),
    card: {
      brand,
      checks: {
        address_line1_check: check("line1"),
        address_postal_code_check: check("postal_code"),
        cvc_check: check("cvc") ?? "pass",
      },
      country,
      display_brand: brand,
      exp_month: card.expMonth,
      exp_year: card.expYear,
      fingerprint: fingerprint(card.number),
      funding,
      generated_from: null,
      last4: card.number.slice(-4),
      networks: { available: [brand], preferred: null },
      regulated_status: "unregulated",
      three_d_secure_usage: { supported: true },
      wallet: null,
    },
    created: world.now(),
    customer: null,
    customer_account: null,
    livemode: false,
    metadata: {},
    type: "card",
  };
}

/** A bank account in the euro area, debited by mandate. */
export function buildBankDebit(world: World, iban: string): Stripe.PaymentMethod {
  return {
    id: world.id("pm"),
    object: "payment_method",
    allow_redisplay: "unspecified",
    billing_details: { address: NO_ADDRESS, email: null, name: null, phone: null, tax_id: null },
    created: world.now(),
    customer: null,
    customer_account: null,
    livemode: false,
    metadata: {},
    sepa_debit: {
      bank_code: iban.slice(4, 9),
      branch_code: "",
      country: iban.slice(0, 2),
      fingerprint: fingerprint(iban),
      generated_from: { charge: null, setup_attempt: null },
      last4: iban.slice(-4),
    },
    type: "sepa_debit",
  };
}

/** The same for the same number, so that repeated cards can be told. */
function fingerprint(number: string): string {
  let hash = 7n;
  for (const digit of number) hash = (hash * 1_000_003n + BigInt(digit.charCodeAt(0))) % 2n ** 80n;
  return hash.toString(36).padStart(16, "0").slice(-16);
}
