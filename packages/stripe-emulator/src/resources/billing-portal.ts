import type Stripe from "stripe";
import type { World } from "../billing/world.ts";
import { badParam, badState, notCovered } from "../http/errors.ts";
import type { FormValue } from "../http/form.ts";
import { LIST_PARAMS, paginate } from "../http/lists.ts";
import {
  emulated,
  flag,
  hash,
  ignored,
  list,
  mergeMetadata,
  metadata,
  oneOf,
  type Reader,
  text,
  uncovered,
} from "../http/params.ts";
import { type Call, type Route, route } from "../http/route.ts";
import { buildPortalConfiguration, buildPortalSession, type PortalInput } from "../objects/portal.ts";
import { found, named, namedCustomer } from "./find.ts";

const FLOW = hash(
  {
    type: emulated(
      ["payment_method_update", "subscription_cancel"],
      ["customer_update", "subscription_pause", "subscription_update", "subscription_update_confirm"],
    ),
    after_completion: hash({
      type: oneOf("hosted_confirmation", "portal_homepage", "redirect"),
      redirect: hash({ return_url: text }, "return_url"),
      hosted_confirmation: hash({ custom_message: text }),
    }),
    subscription_cancel: hash({ subscription: text, retention: uncovered }, "subscription"),
    subscription_update: uncovered,
    subscription_update_confirm: uncovered,
    subscription_pause: uncovered,
    customer_update: uncovered,
  },
  "type",
);
const SESSION = hash(
  {
    customer: text,
    configuration: text,
    return_url: text,
    locale: text,
    flow_data: FLOW,
    after_expiration: ignored,
  },
  "customer",
);
/** What a dashboard offers as reasons for a cancellation. */
const CANCEL_REASONS = [
  "too_expensive",
  "missing_features",
  "switched_service",
  "unused",
  "customer_service",
  "too_complex",
  "low_quality",
  "other",
] as const;
/** What the portal does not have here: it may be sent, but not be switched on. */
export const absent: Reader<FormValue> = (value, at) => {
  if (typeof value === "object" && !Array.isArray(value) && value["enabled"] === "true")
    throw notCovered(`${at}[enabled]`);
  return value;
};
/** What a portal page can offer, as it is sent. */
export const FEATURES = hash({
  customer_update: absent,
  invoice_history: hash({ enabled: flag }),
  payment_method_update: hash({ enabled: flag, payment_method_configuration: ignored }),
  subscription_cancel: hash({
    enabled: flag,
    mode: oneOf("at_period_end", "immediately"),
    proration_behavior: ignored,
    cancellation_reason: hash({
      enabled: flag,
      options: list(oneOf(...CANCEL_REASONS)),
      feedback_options: ignored,
    }),
  }),
  subscription_pause: absent,
  subscription_update: absent,
});
/** How the business presents itself there. */
export const PROFILE = hash({ headline: text, privacy_policy_url: text, terms_of_service_url: text });
const CONFIGURATION = hash(
  {
    features: FEATURES,
    business_profile: PROFILE,
    default_return_url: text,
    login_page: absent,
    metadata,
    name: text,
  },
  "features",
);

/** Customer portal: sessions (create) and configurations (create, retrieve, list). */
export const billingPortalRoutes: Route[] = [
  route("POST /v1/billing_portal/sessions", SESSION, openPortal),
  route("POST /v1/billing_portal/configurations", CONFIGURATION, (call, params) => {
    const { features, business_profile: profile } = params;
    return configure(call.world, {
      name: params.name ?? null,
      returnUrl: params.default_return_url ?? null,
      isDefault: false,
      headline: profile?.headline ?? null,
      privacyUrl: profile?.privacy_policy_url ?? null,
      termsUrl: profile?.terms_of_service_url ?? null,
      cancel: features.subscription_cancel?.enabled === true,
      cancelMode: features.subscription_cancel?.mode ?? "at_period_end",
      cancelReasons: reasonsOf(features.subscription_cancel?.cancellation_reason),
      invoices: features.invoice_history?.enabled === true,
      cards: features.payment_method_update?.enabled === true,
      metadata: mergeMetadata({}, params.metadata),
    });
  }),
  route("GET /v1/billing_portal/configurations/:id", hash({}), (call) =>
    found(call, "portalConfigurations", "configuration"),
  ),
  route(
    "GET /v1/billing_portal/configurations",
    hash({ ...LIST_PARAMS, active: flag, is_default: flag }),
    (call, params) => {
      const rows = call.world.store.all("portalConfigurations").filter((row) => {
        if (typeof params.active === "boolean" && row.active !== params.active) return false;
        return typeof params.is_default !== "boolean" || row.is_default === params.is_default;
      });
      return paginate(rows, params, { url: "/v1/billing_portal/configurations", noun: "configuration" });
    },
  ),
];

function reasonsOf(
  asked: { enabled?: boolean | null; options?: string[] | null } | null | undefined,
): string[] | null {
  return asked?.enabled === true ? (asked.options ?? []) : null;
}

function configure(world: World, input: PortalInput): Stripe.BillingPortal.Configuration {
  const configuration = world.store.put("portalConfigurations", buildPortalConfiguration(world, input));
  world.emit("billing_portal.configuration.created", configuration);
  return configuration;
}

function openPortal(call: Call, params: ReturnType<typeof SESSION>): Stripe.BillingPortal.Session {
  const { world } = call;
  const customer = namedCustomer(call, params.customer);
  const configuration = params.configuration
    ? named(call, "portalConfigurations", {
        id: params.configuration,
        noun: "configuration",
        param: "configuration",
      })
    : defaultConfiguration(world);
  const returnUrl = params.return_url ?? configuration.default_return_url;
  if (returnUrl !== null && !URL.canParse(returnUrl))
    throw badParam("url_invalid", "Not a valid URL", "return_url");
  const session = buildPortalSession(world, {
    configuration: configuration.id,
    customer: customer.id,
    returnUrl,
    locale: params.locale ?? null,
    flow: flowOf(call, params, customer.id),
  });
  world.store.put("portalSessions", session);
  world.emit("billing_portal.session.created", session);
  return session;
}

/** The default is what the dashboard saved; an account where that was never done refuses (unverified wording). */
function defaultConfiguration(world: World): Stripe.BillingPortal.Configuration {
  const known = world.store.all("portalConfigurations").find((row) => row.is_default);
  if (known !== undefined) return known;
  if (!world.settings.portalConfigured) {
    throw badState(
      "No configuration provided and your test mode default configuration has not been created. Provide a configuration or create your default by saving your customer portal settings in test mode.",
    );
  }
  const off = { headline: null, privacyUrl: null, termsUrl: null, returnUrl: null, name: null, metadata: {} };
  return configure(world, {
    ...off,
    isDefault: true,
    cancel: true,
    cancelMode: "at_period_end",
    cancelReasons: [...CANCEL_REASONS],
    invoices: true,
    cards: true,
  });
}

function flowOf(
  call: Call,
  { flow_data: flow }: ReturnType<typeof SESSION>,
  customer: string,
): Stripe.BillingPortal.Session.Flow | null {
  if (!flow) return null;
  const subscription = flow.subscription_cancel?.subscription;
  if (flow.type === "subscription_cancel") {
    const param = "flow_data[subscription_cancel][subscription]";
    if (!subscription) throw badParam("parameter_missing", `Missing required param: ${param}.`, param);
    const row = named(call, "subscriptions", { id: subscription, noun: "subscription", param });
    if (row.customer !== customer) throw badState("The subscription belongs to another customer.", { param });
  }
  const after = flow.after_completion;
  return {
    type: flow.type,
    after_completion: {
      type: after?.type ?? "portal_homepage",
      hosted_confirmation: after?.hosted_confirmation
        ? { custom_message: after.hosted_confirmation.custom_message ?? null }
        : null,
      redirect: after?.redirect ? { return_url: after.redirect.return_url } : null,
    },
    subscription_cancel: subscription ? { retention: null, subscription } : null,
    subscription_update: null,
    subscription_update_confirm: null,
    subscription_pause: null,
    customer_update: null,
  };
}
