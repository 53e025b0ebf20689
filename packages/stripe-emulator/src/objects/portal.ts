import type Stripe from "stripe";
import type { World } from "../billing/world.ts";

type Features = Stripe.BillingPortal.Configuration["features"];

/** What a configuration's creator asked for; what is not named is off, as at Stripe. */
export interface PortalInput {
  name: string | null;
  returnUrl: string | null;
  isDefault: boolean;
  headline: string | null;
  privacyUrl: string | null;
  termsUrl: string | null;
  cancel: boolean;
  cancelMode: string;
  /** What people may answer when they are asked why; null: they are not asked. */
  cancelReasons: string[] | null;
  invoices: boolean;
  cards: boolean;
  metadata: Stripe.Metadata;
}

/** What a portal page offers. */
export function buildPortalConfiguration(
  world: World,
  input: PortalInput,
): Stripe.BillingPortal.Configuration {
  const now = world.now();
  return {
    id: world.id("bpc"),
    object: "billing_portal.configuration",
    active: true,
    application: null,
    business_profile: {
      headline: input.headline,
      privacy_policy_url: input.privacyUrl,
      terms_of_service_url: input.termsUrl,
    },
    created: now,
    default_return_url: input.returnUrl,
    features: featuresOf(input),
    is_default: input.isDefault,
    livemode: false,
    login_page: { enabled: false, url: null },
    metadata: input.metadata,
    name: input.name,
    updated: now,
  };
}

function featuresOf(input: PortalInput): Features {
  return {
    customer_update: { allowed_updates: [], enabled: false },
    invoice_history: { enabled: input.invoices },
    payment_method_update: { enabled: input.cards, payment_method_configuration: null },
    subscription_cancel: {
      cancellation_reason: {
        enabled: input.cancelReasons !== null,
        feedback_options: null,
        options: input.cancelReasons ?? [],
      },
      enabled: input.cancel,
      mode: input.cancelMode,
      proration_behavior: "none",
    },
    subscription_pause: { duration: { interval_options: [], type: "indefinite" }, enabled: false },
    subscription_update: {
      billing_cycle_anchor: null,
      default_allowed_updates: [],
      enabled: false,
      products: [],
      proration_behavior: "none",
      schedule_at_period_end: { conditions: [] },
      trial_update_behavior: "end_trial",
    },
  };
}

/** A link into the portal for one customer. */
export function buildPortalSession(
  world: World,
  input: {
    configuration: string;
    customer: string;
    returnUrl: string | null;
    locale: string | null;
    flow: Stripe.BillingPortal.Session.Flow | null;
  },
): Stripe.BillingPortal.Session {
  const id = world.id("bps");
  return {
    id,
    object: "billing_portal.session",
    configuration: input.configuration,
    created: world.now(),
    customer: input.customer,
    customer_account: null,
    flow: input.flow,
    livemode: false,
    locale: input.locale,
    on_behalf_of: null,
    return_url: input.returnUrl,
    url: `${world.origin}/p/session/${id}`,
  };
}
