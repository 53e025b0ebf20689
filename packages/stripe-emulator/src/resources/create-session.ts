import type Stripe from "stripe";
import { DAY, HOUR } from "../billing/calendar.ts";
import { showAmounts } from "../billing/checkout-amounts.ts";
import { openSetup } from "../billing/checkout-intent.ts";
import { checkoutTerms } from "../billing/checkout-terms.ts";
import { quoteDiscount } from "../billing/discounts.ts";
import { badParam, badState } from "../http/errors.ts";
import { mergeMetadata } from "../http/params.ts";
import type { Call } from "../http/route.ts";
import { buildCheckoutSession, buildLineItem } from "../objects/checkout-session.ts";
import { checkCombination, offeredTypes } from "./checkout-combination.ts";
import { currencyOf, itemsOf } from "./checkout-items.ts";
import type { SessionCreate } from "./checkout-params.ts";
import { givenFields, paymentWishOf } from "./checkout-wish.ts";
import { namedCustomer } from "./find.ts";

/** Opens a hosted checkout. Nothing else comes into being until it is paid, but the intent of a setup. */
export function createSession(call: Call, params: SessionCreate): Stripe.Checkout.Session {
  const { world } = call;
  checkCombination(params);
  const items = itemsOf(call, params);
  const customer = params.customer ? namedCustomer(call, params.customer).id : null;
  const trial = trialOf(call, params);
  const currency = currencyOf(params, items);
  const session = buildCheckoutSession(world, {
    mode: params.mode ?? "subscription",
    currency,
    amount: params.mode === "setup" ? null : 0,
    customer,
    customerEmail: params.customer_email ?? null,
    clientReferenceId: params.client_reference_id ?? null,
    successUrl: urlOf(params.success_url, "success_url"),
    cancelUrl: urlOf(params.cancel_url, "cancel_url"),
    expiresAt: expiryOf(call, params),
    locale: params.locale ?? null,
    metadata: mergeMetadata({}, params.metadata),
    paymentMethodCollection: params.payment_method_collection ?? "always",
    offeredTypes: offeredTypes(params, currency),
    allowedTypes: params.allowed_payment_method_types ?? null,
    excludedTypes: params.excluded_payment_method_types ?? null,
    billingAddressCollection: params.billing_address_collection ?? null,
    adaptivePricing: params.adaptive_pricing?.enabled ?? false,
    termsRequired: params.consent_collection?.terms_of_service === "required",
    customText: customTextOf(params),
    given: givenFields(params),
  });
  world.store.put("sessions", session);
  const data = params.subscription_data ?? {};
  world.store.put("checkoutPlans", {
    id: session.id,
    items: items.map(({ price, quantity }) => ({ price: price.id, quantity })),
    lineItems: items.map((item) =>
      buildLineItem(world, { ...item, free: trial && item.price.recurring !== null }),
    ),
    subscription: {
      trialDays: data.trial_period_days ?? null,
      trialEnd: data.trial_end ?? null,
      missingPaymentMethod: data.trial_settings?.end_behavior?.missing_payment_method ?? "create_invoice",
      metadata: mergeMetadata({}, data.metadata),
      description: data.description ?? null,
      billingMode: data.billing_mode?.type ?? "flexible",
    },
    customerUpdate: {
      address: params.customer_update?.address === "auto",
      name: params.customer_update?.name === "auto",
    },
    discount: params.discounts?.[0] ?? null,
    payment: paymentWishOf(params),
    intent: null,
    challenge: null,
    lastError: null,
  });
  if (params.mode === "setup") return openSetup(world, session);
  refuseBadDiscount(call, session);
  return showAmounts(world, session.id);
}

/** A discount of the shop has to be redeemable when the session is made. */
function refuseBadDiscount({ world }: Call, session: Stripe.Checkout.Session): void {
  const plan = world.store.get("checkoutPlans", session.id);
  if (!plan?.discount) return;
  const { lines, currency } = checkoutTerms(world, session, { ...plan, discount: null });
  const customer = typeof session.customer === "string" ? session.customer : null;
  const amount = lines.reduce((sum, line) => sum + line.amount, 0);
  const sold = lines.map((line) => ({ amount: line.amount, product: String(line.price.product) }));
  quoteDiscount(world, plan.discount, { amount, currency, customer, param: "discounts[0]", lines: sold });
}

function trialOf(call: Call, params: SessionCreate): boolean {
  const { trial_period_days: days, trial_end: end } = params.subscription_data ?? {};
  if (days && end)
    throw badState("You may only specify one of these parameters: trial_end, trial_period_days.", {
      code: "parameters_exclusive",
      param: "subscription_data",
    });
  if (typeof days === "number" && (days < 1 || days > 730)) {
    throw badParam(
      "parameter_invalid_integer",
      "Trial periods must be between 1 and 730 days.",
      "subscription_data[trial_period_days]",
    );
  }
  if (typeof end === "number" && end < call.world.now() + 2 * DAY) {
    throw badState("The `trial_end` date has to be at least 2 days in the future.", {
      param: "subscription_data[trial_end]",
    });
  }
  if (typeof end === "number" && end > call.world.now() + 730 * DAY) {
    throw badState("The `trial_end` date can be at most two years (730 days) in the future.", {
      param: "subscription_data[trial_end]",
    });
  }
  return typeof days === "number" || typeof end === "number";
}

function expiryOf(call: Call, params: SessionCreate): number {
  const now = call.world.now();
  const at = params.expires_at ?? now + DAY;
  if (at < now + HOUR / 2 || at > now + DAY) {
    const message =
      "The `expires_at` timestamp must be at least 30 minutes and less than 24 hours from Checkout Session creation.";
    throw badState(message, { param: "expires_at" });
  }
  return at;
}

function urlOf(url: string | null | undefined, param: string): string | null {
  if (url === null || url === undefined) return null;
  // The braces of {CHECKOUT_SESSION_ID} are no URL characters, but may stand in one here.
  if (!/^https?:\/\//.test(url) || !URL.canParse(url.replaceAll(/[{}]/g, ""))) {
    throw badParam("url_invalid", "Not a valid URL", param);
  }
  return url;
}

function customTextOf({ custom_text: sent }: SessionCreate): Partial<Stripe.Checkout.Session.CustomText> {
  const message = (part: { message: string } | null | undefined) => (part ? { message: part.message } : null);
  return {
    after_submit: message(sent?.after_submit),
    submit: message(sent?.submit),
    terms_of_service_acceptance: message(sent?.terms_of_service_acceptance),
  };
}
