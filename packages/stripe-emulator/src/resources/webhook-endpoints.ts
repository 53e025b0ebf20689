import type Stripe from "stripe";
import { API_VERSION } from "../api-version.ts";
import type { World } from "../billing/world.ts";
import { API_VERSIONS } from "../delivery/api-versions.ts";
import { EVENT_TYPES } from "../delivery/event-types.ts";
import { badParam, badState, missing } from "../http/errors.ts";
import { LIST_PARAMS, paginate } from "../http/lists.ts";
import { flag, hash, list, mergeMetadata, metadata, oneOf, text, uncovered } from "../http/params.ts";
import { idOf, type Route, route } from "../http/route.ts";
import { found } from "./find.ts";

const URL_ = "/v1/webhook_endpoints";
const MOST_ENDPOINTS = 16;
const eventTypes = list(oneOf("*", ...EVENT_TYPES));
const CREATE = hash(
  {
    url: text,
    enabled_events: eventTypes,
    api_version: oneOf(...API_VERSIONS),
    connect: uncovered,
    description: text,
    metadata,
  },
  "url",
  "enabled_events",
);
const UPDATE = hash({ url: text, enabled_events: eventTypes, disabled: flag, description: text, metadata });

export interface EndpointInput {
  id?: string;
  url: string;
  secret?: string | undefined;
  enabledEvents?: string[] | undefined;
  /** The version in which it gets events; default today's, null: the account's, which is the same. It never changes. */
  apiVersion?: string | null | undefined;
  description?: string | null;
  metadata?: Stripe.Metadata;
}

/** Registers an endpoint; the secret is only ever shown here. Throws a RangeError for what is no http(s) address. */
export function registerEndpoint(
  world: World,
  input: EndpointInput,
): Stripe.WebhookEndpoint & { secret: string } {
  if (!isWebAddress(input.url)) throw new RangeError(`There is no http(s) address "${input.url}".`);
  const endpoint: Stripe.WebhookEndpoint = {
    id: input.id ?? world.id("we"),
    object: "webhook_endpoint",
    api_version: input.apiVersion === undefined ? API_VERSION : input.apiVersion,
    application: null,
    created: world.now(),
    description: input.description ?? null,
    enabled_events: input.enabledEvents ?? ["*"],
    livemode: false,
    metadata: input.metadata ?? {},
    status: "enabled",
    url: input.url,
  };
  const secret = input.secret ?? world.id("whsec");
  world.store.put("endpoints", endpoint);
  world.store.put("endpointSecrets", { id: endpoint.id, secrets: [{ secret, expiresAt: null }] });
  return { ...endpoint, secret };
}

/** Webhook endpoints: create, retrieve, update, delete, list. */
export const webhookEndpointRoutes: Route[] = [
  route(`POST ${URL_}`, CREATE, (call, params) => {
    checkUrl(params.url);
    if (call.world.store.count("endpoints") >= MOST_ENDPOINTS)
      throw badState(`You have reached the maximum of ${MOST_ENDPOINTS} test webhook endpoints.`);
    return registerEndpoint(call.world, {
      url: params.url,
      enabledEvents: params.enabled_events,
      apiVersion: params.api_version ?? null,
      description: params.description ?? null,
      metadata: mergeMetadata({}, params.metadata),
    });
  }),
  route(`GET ${URL_}`, hash(LIST_PARAMS), (call, params) =>
    paginate(call.world.store.all("endpoints"), params, { url: URL_, noun: "webhook_endpoint" }),
  ),
  route(`GET ${URL_}/:id`, hash({}), (call) => found(call, "endpoints", "webhook_endpoint")),
  route(`POST ${URL_}/:id`, UPDATE, (call, params) => {
    const endpoint = found(call, "endpoints", "webhook_endpoint");
    if (params.url) checkUrl(params.url);
    return call.world.change("endpoints", endpoint.id, {
      ...(params.url && { url: params.url }),
      ...(params.enabled_events && { enabled_events: params.enabled_events }),
      ...(params.description !== undefined && { description: params.description }),
      ...(typeof params.disabled === "boolean" && { status: params.disabled ? "disabled" : "enabled" }),
      metadata: mergeMetadata(endpoint.metadata, params.metadata),
    });
  }),
  route(`DELETE ${URL_}/:id`, hash({}), (call) => {
    const id = idOf(call);
    if (call.world.store.get("endpoints", id) === undefined) throw missing("webhook endpoint", id);
    call.world.store.remove("endpoints", id);
    call.world.store.remove("endpointSecrets", id);
    return { id, object: "webhook_endpoint", deleted: true };
  }),
];

/** Whether events can be sent there. */
export function isWebAddress(url: string): boolean {
  return /^https?:\/\//.test(url) && URL.canParse(url);
}

function checkUrl(url: string): void {
  if (!isWebAddress(url))
    throw badParam("url_invalid", "Invalid URL: An explicit scheme (such as https) must be provided.", "url");
}
