import { type CheckoutSnapshot, StripeError, type StripePort } from "@liveassist/api";
import { PRICE_LOOKUP_KEY, sekToOre } from "@liveassist/shared/money";
import Stripe from "stripe";
import { call, orNull, saysMissing } from "./stripe-call.ts";
import { createCare } from "./stripe-care.ts";
import { verifySignature } from "./stripe-signature.ts";
import { toCheckout, toCustomer, toInvoice, toPrice, toSubscription } from "./stripe-snapshots.ts";
import { createWalk } from "./stripe-walk.ts";

export interface StripeSettings {
  readonly secretKey: string;
  readonly webhookSecrets: readonly string[];
  /** Another host that speaks Stripe's HTTP, e.g. the emulator. */
  readonly apiBase: string | undefined;
  readonly priceId: string | undefined;
  readonly priceSek: number;
  /** Carries the calls instead of Node's HTTP client: for a Stripe in the same process. */
  readonly fetch?: typeof fetch;
}

/** The API version the SDK is pinned to. */
export const STRIPE_API_VERSION: string = Stripe.API_VERSION;

/** A call may take this long, so that a lease outlives a sync that hangs. */
const TIMEOUT_MS = 8_000;

/** A start does not wait for a Stripe that is slow. */
const AT_START: Stripe.RequestOptions = { timeout: 3_000, maxNetworkRetries: 0 };

/** Builds Stripe's port over the official SDK (stripe-facts §9). */
export function createStripe(settings: StripeSettings): StripePort {
  const stripe = new Stripe(settings.secretKey, {
    ...hostOf(settings.apiBase),
    ...(settings.fetch ? { httpClient: Stripe.createFetchHttpClient(settings.fetch) } : {}),
    telemetry: false,
    timeout: TIMEOUT_MS,
    maxNetworkRetries: 1,
  });
  const { sessions } = stripe.checkout;

  async function readCheckout(id: string): Promise<CheckoutSnapshot | null> {
    const session = await orNull(() => sessions.retrieve(id));
    return session && toCheckout(session);
  }

  return {
    ...createWalk(stripe),
    ...createCare(stripe),
    verifyWebhook: (rawBody, signature) => verifySignature(settings.webhookSecrets, rawBody, signature),

    accountId: async () => {
      try {
        return (await stripe.accounts.retrieveCurrent({}, AT_START)).id;
      } catch (error) {
        // A restricted key may not ask: then only the mode can be compared (requirements R23a).
        if (error instanceof Stripe.errors.StripeError) return null;
        throw error;
      }
    },
    createCustomer: async ({ userId, email, name, idempotencyKey }) =>
      (await call(() => stripe.customers.create({ email, name, metadata: { userId } }, { idempotencyKey })))
        .id,
    retrieveCustomer: async (id) => {
      const customer = await orNull(() => stripe.customers.retrieve(id));
      return customer && toCustomer(customer);
    },
    ensurePrice: () => ensurePrice(stripe, settings),

    createCheckoutSession: async (input) => {
      const metadata = { userId: input.userId, attemptId: input.attemptId };
      const trial: Stripe.Checkout.SessionCreateParams.SubscriptionData =
        input.trialDays === null
          ? {}
          : {
              trial_period_days: input.trialDays,
              trial_settings: { end_behavior: { missing_payment_method: "cancel" } },
            };
      const params: Stripe.Checkout.SessionCreateParams = {
        mode: "subscription",
        customer: input.customerId,
        client_reference_id: input.userId,
        line_items: [{ price: input.priceId, quantity: 1 }],
        metadata,
        subscription_data: { metadata, billing_mode: { type: "flexible" }, ...trial },
        allowed_payment_method_types: ["card", "link"],
        payment_method_collection: input.requiresCard ? "always" : "if_required",
        adaptive_pricing: { enabled: false },
        success_url: input.successUrl,
        cancel_url: input.cancelUrl,
      };
      return toCheckout(
        await call(() => sessions.create(params, { idempotencyKey: `checkout:${input.attemptId}` })),
      );
    },
    retrieveCheckoutSession: readCheckout,
    listOpenCheckoutSessions: async (customer) => {
      // A customer that Stripe does not know has no page open: an account must not be kept from deletion by it.
      const found = await orNull(() =>
        sessions.list({ customer, status: "open", limit: 100 }).autoPagingToArray({ limit: 1000 }),
      );
      return (found ?? [])
        .map(toCheckout)
        .filter((session) => session.status === "open" && session.customerId === customer);
    },
    expireCheckoutSession: async (id) => {
      try {
        return toCheckout(await call(() => sessions.expire(id)));
      } catch (error) {
        // Paid or expired in between: then Stripe refuses, and what it is now decides.
        const now = error instanceof StripeError && error.kind === "rejected" ? await readCheckout(id) : null;
        if (now && now.status !== "open") return now;
        throw error;
      }
    },

    listSubscriptions: async (customer) => {
      const found = await orNull(() =>
        stripe.subscriptions
          .list({ customer, status: "all", limit: 100 })
          .autoPagingToArray({ limit: MOST_LISTED }),
      );
      return found === null
        ? null
        : whole(found)
            .map(toSubscription)
            .filter((one) => one.customerId === customer);
    },
    retrieveSubscription: async (id) => {
      const subscription = await orNull(() => stripe.subscriptions.retrieve(id));
      return subscription && toSubscription(subscription);
    },
    listInvoices: async (customer) => {
      const found = await orNull(() =>
        stripe.invoices.list({ customer, limit: 100 }).autoPagingToArray({ limit: MOST_LISTED }),
      );
      return whole(found ?? []).map(toInvoice);
    },
    retrieveInvoice: async (id) => {
      const invoice = await orNull(() => stripe.invoices.retrieve(id));
      return invoice && toInvoice(invoice);
    },
    customerOfCharge: async (id) => {
      const charge = await orNull(() => stripe.charges.retrieve(id));
      return typeof charge?.customer === "string" ? charge.customer : (charge?.customer?.id ?? null);
    },

    scheduleCancel: async (id) =>
      void (await call(() => stripe.subscriptions.update(id, { cancel_at_period_end: true }))),
    clearScheduledCancel: async (id, which) =>
      void (await call(() =>
        stripe.subscriptions.update(
          id,
          which === "cancel_at" ? { cancel_at: "" } : { cancel_at_period_end: false },
        ),
      )),
    cancelNow: async (id) => {
      try {
        await call(() => stripe.subscriptions.cancel(id));
      } catch (error) {
        // Already over: Stripe answers so for a subscription that has ended. Any other refusal is one.
        if (!(error instanceof StripeError) || !saysMissing(error.cause)) throw error;
      }
    },
    createPortalSession: async (customer, returnUrl) =>
      (await call(() => stripe.billingPortal.sessions.create({ customer, return_url: returnUrl }))).url,
  };
}

/** The configured price as it is, or the one under our lookup key, or a new one (requirements R23a). */
async function ensurePrice(stripe: Stripe, settings: StripeSettings) {
  const { priceId, priceSek } = settings;
  if (priceId !== undefined) return toPrice(await call(() => stripe.prices.retrieve(priceId)));
  const listed = await call(() =>
    stripe.prices.list({ lookup_keys: [PRICE_LOOKUP_KEY], active: true, limit: 1 }),
  );
  const found = listed.data.find((price) => price.lookup_key === PRICE_LOOKUP_KEY);
  if (found) return toPrice(found);
  const product = await call(() =>
    stripe.products.create(
      { name: "LiveAssist Permission" },
      { idempotencyKey: `product:${PRICE_LOOKUP_KEY}` },
    ),
  );
  const params: Stripe.PriceCreateParams = {
    product: product.id,
    currency: "sek",
    unit_amount: sekToOre(priceSek),
    recurring: { interval: "month" },
    tax_behavior: "inclusive",
    lookup_key: PRICE_LOOKUP_KEY,
  };
  const key = `price:${PRICE_LOOKUP_KEY}:${priceSek}:${product.id}`;
  return toPrice(await call(() => stripe.prices.create(params, { idempotencyKey: key })));
}

function hostOf(apiBase: string | undefined): Stripe.StripeConfig {
  if (apiBase === undefined) return {};
  const { hostname, port, protocol } = new URL(apiBase);
  const isHttp = protocol === "http:";
  return {
    host: hostname,
    port: port === "" ? (isHttp ? 80 : 443) : Number(port),
    protocol: isHttp ? "http" : "https",
  };
}

/** More than this of one customer is not read: a list that was cut must never look complete (design I2). */
const MOST_LISTED = 10_000;

function whole<T>(list: T[]): T[] {
  if (list.length >= MOST_LISTED)
    throw new Error(`Stripe lists ${list.length} or more objects of one customer`);
  return list;
}
