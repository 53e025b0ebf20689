import type Stripe from "stripe";
import { DAY, HOUR } from "../billing/calendar.ts";
import { badParam, badState, notCovered } from "../http/errors.ts";
import { mergeMetadata } from "../http/params.ts";
import type { Call } from "../http/route.ts";
import { buildCheckoutSession, buildLineItem } from "../objects/checkout-session.ts";
import type { SessionCreate } from "./checkout-params.ts";
import { named, namedCustomer } from "./find.ts";

/** Opens a hosted checkout for a subscription. Nothing else comes into being until it is paid. */
export function createSession(call: Call, params: SessionCreate): Stripe.Checkout.Session {
  const { world } = call;
  checkCombination(params);
  const items = itemsOf(call, params);
  const customer = params.customer ? namedCustomer(call, params.customer).id : null;
  const trial = trialOf(call, params);
  const session = buildCheckoutSession(world, {
    mode: "subscription",
    currency: currencyOf(items),
    amount: trial ? 0 : items.reduce((sum, item) => sum + (item.price.unit_amount ?? 0) * item.quantity, 0),
    customer,
    customerEmail: params.customer_email ?? null,
    clientReferenceId: params.client_reference_id ?? null,
    successUrl: urlOf(params.success_url, "success_url"),
    cancelUrl: urlOf(params.cancel_url, "cancel_url"),
    expiresAt: expiryOf(call, params),
    locale: params.locale ?? null,
    metadata: mergeMetadata({}, params.metadata),
    paymentMethodCollection: params.payment_method_collection ?? "always",
    allowedTypes: params.allowed_payment_method_types ?? null,
    excludedTypes: params.excluded_payment_method_types ?? null,
    billingAddressCollection: params.billing_address_collection ?? null,
    adaptivePricing: params.adaptive_pricing?.enabled ?? false,
    termsRequired: params.consent_collection?.terms_of_service === "required",
    customText: customTextOf(params),
  });
  world.store.put("sessions", session);
  const data = params.subscription_data ?? {};
  world.store.put("checkoutPlans", {
    id: session.id,
    items: items.map(({ price, quantity }) => ({ price: price.id, quantity })),
    lineItems: items.map(({ price, quantity }) => buildLineItem(world, { price, quantity, free: trial })),
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
    intent: null,
    challenge: null,
    lastError: null,
  });
  return session;
}

function checkCombination(params: SessionCreate): void {
  if (!params.mode) throw badParam("parameter_missing", "Missing required param: mode.", "mode");
  if (params.mode !== "subscription") throw notCovered(`mode=${params.mode}`);
  if (params.ui_mode && params.ui_mode !== "hosted_page") throw notCovered(`ui_mode=${params.ui_mode}`);
  if (params.automatic_tax?.enabled) throw notCovered("automatic_tax[enabled]");
  if (params.allow_promotion_codes) throw notCovered("allow_promotion_codes");
  if (!params.success_url)
    throw badParam("parameter_missing", "Missing required param: success_url.", "success_url");
  if (params.customer_creation)
    throw badState("`customer_creation` can only be used in `payment` mode.", { param: "customer_creation" });
  if (params.customer && params.customer_email) {
    throw badState("You may only specify one of these parameters: customer, customer_email.", {
      code: "parameters_exclusive",
      param: "customer_email",
    });
  }
  if (params.customer_update && !params.customer) {
    throw badState("`customer_update` can only be used with `customer`.", { param: "customer_update" });
  }
}

function itemsOf(call: Call, params: SessionCreate): { price: Stripe.Price; quantity: number }[] {
  const items = params.line_items ?? [];
  if (items.length === 0)
    throw badParam("parameter_missing", "Missing required param: line_items.", "line_items");
  return items.map((item, index) => {
    const param = `line_items[${index}][price]`;
    const price = named(call, "prices", { id: item.price ?? "", noun: "price", param });
    if (price.recurring === null) throw notCovered(`${param} with a price for one time`);
    if (!price.active)
      throw badState("The price specified is inactive. This field only accepts active prices.", {
        code: "price_inactive",
        param,
      });
    const quantity = item.quantity ?? 1;
    if (quantity < 1)
      throw badParam(
        "parameter_invalid_integer",
        "Invalid positive integer",
        `line_items[${index}][quantity]`,
      );
    return { price, quantity };
  });
}

function currencyOf(items: readonly { price: Stripe.Price }[]): string {
  const currencies = new Set(items.map(({ price }) => price.currency));
  if (currencies.size > 1)
    throw badState("All prices of a session must have the same currency.", { param: "line_items" });
  return [...currencies][0] ?? "usd";
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
