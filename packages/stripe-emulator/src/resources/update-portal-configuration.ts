import type Stripe from "stripe";
import { flag, hash, mergeMetadata, metadata, text } from "../http/params.ts";
import { type Call, type Route, route } from "../http/route.ts";
import { absent, FEATURES, PROFILE } from "./billing-portal.ts";
import { found } from "./find.ts";
import { sent } from "./shapes.ts";

const UPDATE = hash({
  active: flag,
  business_profile: PROFILE,
  default_return_url: text,
  features: FEATURES,
  login_page: absent,
  metadata,
  name: text,
});

type Features = Stripe.BillingPortal.Configuration["features"];

/** Changes of a portal configuration: what is not named stays. */
export const portalConfigurationRoutes: Route[] = [
  route("POST /v1/billing_portal/configurations/:id", UPDATE, update),
];

function update(call: Call, params: ReturnType<typeof UPDATE>): Stripe.BillingPortal.Configuration {
  const before = found(call, "portalConfigurations", "configuration");
  const { business_profile, features, metadata: change, login_page, active, ...plain } = params;
  return call.world.update("billing_portal.configuration.updated", before.id, {
    ...sent(plain),
    ...(typeof active === "boolean" && { active }),
    business_profile: { ...before.business_profile, ...sent(business_profile ?? {}) },
    features: changedFeatures(before.features, features ?? {}),
    metadata: mergeMetadata(before.metadata, change),
    updated: call.world.now(),
  });
}

function changedFeatures(before: Features, asked: NonNullable<ReturnType<typeof FEATURES>>): Features {
  const { subscription_cancel: cancel, invoice_history: invoices, payment_method_update: cards } = asked;
  const reasons = cancel?.cancellation_reason;
  const known = before.subscription_cancel;
  return {
    ...before,
    invoice_history: { enabled: invoices?.enabled ?? before.invoice_history.enabled },
    payment_method_update: {
      ...before.payment_method_update,
      enabled: cards?.enabled ?? before.payment_method_update.enabled,
    },
    subscription_cancel: {
      ...known,
      enabled: cancel?.enabled ?? known.enabled,
      mode: cancel?.mode ?? known.mode,
      cancellation_reason: {
        ...known.cancellation_reason,
        enabled: reasons?.enabled ?? known.cancellation_reason.enabled,
        options: reasons?.options ?? known.cancellation_reason.options,
      },
    },
  };
}
