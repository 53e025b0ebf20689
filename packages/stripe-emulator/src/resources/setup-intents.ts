import type Stripe from "stripe";
import { LIST_PARAMS, paginate } from "../http/lists.ts";
import {
  flag,
  hash,
  ignored,
  list,
  mergeMetadata,
  metadata,
  oneOf,
  text,
  uncovered,
} from "../http/params.ts";
import { type Call, type Route, route } from "../http/route.ts";
import { buildSetupIntent } from "../objects/payment-intent.ts";
import { confirmSetupIntent, setupState } from "./confirm-setup-intent.ts";
import { found, named, namedCustomer } from "./find.ts";
import { checkMethod, methodOf, typesOf, wishShown } from "./method-choice.ts";
import { mandateParam, TYPE_CHOICE } from "./payment-intent-params.ts";

const URL = "/v1/setup_intents";
const FIELDS = {
  ...TYPE_CHOICE,
  attach_to_self: uncovered,
  customer: text,
  customer_account: uncovered,
  description: text,
  flow_directions: list(oneOf("inbound", "outbound")),
  metadata,
  payment_method: text,
};
const CONFIRMATION = {
  confirmation_token: uncovered,
  mandate_data: mandateParam,
  return_url: text,
  use_stripe_sdk: ignored,
};
const CREATE = hash({
  ...FIELDS,
  ...CONFIRMATION,
  automatic_payment_methods: hash({ enabled: flag, allow_redirects: oneOf("always", "never") }, "enabled"),
  confirm: flag,
  on_behalf_of: uncovered,
  single_use: uncovered,
  usage: oneOf("off_session", "on_session"),
});
const UPDATE = hash(FIELDS);
const CONFIRM = hash({ ...TYPE_CHOICE, ...CONFIRMATION, payment_method: text, client_secret: ignored });
const CANCEL = hash({ cancellation_reason: oneOf("abandoned", "duplicate", "requested_by_customer") });

/** Setup intents: create, retrieve, update, confirm, cancel, list; and their attempts, to list. */
export const setupIntentRoutes: Route[] = [
  route(`POST ${URL}`, CREATE, create),
  route(`GET ${URL}/:id`, hash({ client_secret: ignored }), mustGet),
  route(`POST ${URL}/:id`, UPDATE, update),
  route(`POST ${URL}/:id/confirm`, CONFIRM, (call, params) =>
    confirmSetupIntent(call, mustGet(call), params),
  ),
  route(`POST ${URL}/:id/cancel`, CANCEL, cancel),
  route(`GET ${URL}`, hash({ ...LIST_PARAMS, customer: text, payment_method: text }), (call, params) => {
    const rows = call.world.store.all("setupIntents").filter((row) => {
      if (params.payment_method && row.payment_method !== params.payment_method) return false;
      return !params.customer || row.customer === params.customer;
    });
    return paginate(rows, params, {
      url: URL,
      noun: "setup_intent",
      all: call.world.store.scan("setupIntents"),
    });
  }),
  route(
    "GET /v1/setup_attempts",
    hash({ ...LIST_PARAMS, setup_intent: text }, "setup_intent"),
    (call, params) => {
      const at = { id: params.setup_intent, noun: "setupintent", param: "setup_intent" };
      const rows = call.world.store.where(
        "setupAttempts",
        "setup_intent",
        named(call, "setupIntents", at).id,
      );
      return paginate(rows, params, { url: "/v1/setup_attempts", noun: "setup_attempt" });
    },
  ),
  route("GET /v1/mandates/:id", hash({}), (call) => found(call, "mandates", "mandate")),
];

function mustGet(call: Call): Stripe.SetupIntent {
  return found(call, "setupIntents", "setupintent");
}

function create(call: Call, params: ReturnType<typeof CREATE>): Stripe.SetupIntent {
  const { world } = call;
  const customer = params.customer ? namedCustomer(call, params.customer).id : null;
  const method = methodOf(call, params);
  const payment_method_types = typesOf(params, null);
  if (method !== undefined)
    checkMethod(world, method, { id: "", object: "setup_intent", customer, payment_method_types, about: {} });
  const { enabled = true, allow_redirects = "always" } = params.automatic_payment_methods ?? {};
  const built = buildSetupIntent(world, customer, {
    automatic_payment_methods: params.payment_method_types
      ? null
      : { allow_redirects: allow_redirects ?? "always", enabled },
    description: params.description ?? null,
    flow_directions: params.flow_directions ?? null,
    metadata: mergeMetadata({}, params.metadata),
    payment_method: method?.id ?? null,
    payment_method_types,
    status: method === undefined ? "requires_payment_method" : "requires_confirmation",
    usage: params.usage ?? "off_session",
    ...wishShown(params),
  });
  const intent = world.store.put("setupIntents", built);
  world.emit("setup_intent.created", intent);
  if (params.confirm !== true) return intent;
  const { mandate_data, return_url } = params;
  return confirmSetupIntent(call, intent, { mandate_data, return_url, ...(method && { known: method }) });
}

function update(call: Call, params: ReturnType<typeof UPDATE>): Stripe.SetupIntent {
  const { world } = call;
  const intent = mustGet(call);
  const { status } = intent;
  if (params.payment_method !== undefined && status === "succeeded")
    throw setupState(intent, "You cannot update this SetupIntent because it has already succeeded.");
  if (params.payment_method !== undefined && status === "canceled")
    throw setupState(intent, "You cannot update this SetupIntent because it has been canceled.");
  const customer = params.customer ? namedCustomer(call, params.customer).id : null;
  const changed = world.change("setupIntents", intent.id, {
    ...(customer && { customer }),
    ...(params.description !== undefined && { description: params.description }),
    ...(params.flow_directions !== undefined && { flow_directions: params.flow_directions }),
    ...(params.metadata !== undefined && { metadata: mergeMetadata(intent.metadata, params.metadata) }),
    ...(params.allowed_payment_method_types !== undefined && {
      payment_method_types: typesOf(params, null),
    }),
    ...wishShown(params),
  });
  const method = methodOf(call, params);
  if (method === undefined) return changed;
  const owner = typeof changed.customer === "string" ? changed.customer : null;
  checkMethod(world, method, { ...changed, customer: owner, about: { setup_intent: intent } });
  const chosen = { payment_method: method.id, status: "requires_confirmation", next_action: null } as const;
  return world.change("setupIntents", intent.id, chosen);
}

const CANCELABLE = ["requires_payment_method", "requires_confirmation", "requires_action"];

function cancel(call: Call, params: ReturnType<typeof CANCEL>): Stripe.SetupIntent {
  const intent = mustGet(call);
  if (intent.status === "canceled")
    throw setupState(intent, "You cannot cancel this SetupIntent because it is already canceled.");
  const [plan] = call.world.store.where("checkoutPlans", "intent", intent.id);
  if (plan !== undefined && call.world.store.get("sessions", plan.id)?.status === "open")
    throw setupState(
      intent,
      "You cannot cancel the SetupIntent for a Checkout Session. Expire the Checkout Session instead.",
    );
  if (!CANCELABLE.includes(intent.status))
    throw setupState(
      intent,
      `You cannot cancel this SetupIntent because it has a status of ${intent.status}. Only a SetupIntent with one of the following statuses may be canceled: \`requires_payment_method\`, \`requires_confirmation\`, or \`requires_action\`.`,
    );
  const cancellation_reason = params.cancellation_reason ?? null;
  const patch = { status: "canceled", cancellation_reason, next_action: null } as const;
  const canceled = call.world.change("setupIntents", intent.id, patch);
  call.world.emit("setup_intent.canceled", canceled);
  return canceled;
}
