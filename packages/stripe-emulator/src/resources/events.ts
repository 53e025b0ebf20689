import type Stripe from "stripe";
import type { World } from "../billing/world.ts";
import { writeResend } from "../delivery/send-out.ts";
import { badParam } from "../http/errors.ts";
import { LIST_PARAMS, paginate } from "../http/lists.ts";
import { flag, hash, ignored, list, text, uncovered } from "../http/params.ts";
import { type Route, route } from "../http/route.ts";
import { isListed } from "../store/retention.ts";
import { found } from "./find.ts";

const MOST_TYPES = 20;
const LIST = hash({ ...LIST_PARAMS, type: text, types: list(text), delivery_success: flag });

const RETRY = hash({ webhook_endpoint: text, for_stripecli: ignored, account: uncovered });

/** Events of the last 30 days: list (with wildcards in `type`) and retrieve. */
export const eventRoutes: Route[] = [
  route("GET /v1/events", LIST, (call, params) => {
    const { world } = call;
    checkTypes(params);
    const rows = world.store.all("events").filter((row) => {
      if (!isListed(world, row)) return false;
      if (params.type && !matches(row.type, params.type)) return false;
      if (params.types && !params.types.includes(row.type)) return false;
      const delivered = world.pendingWebhooks(row.id) === 0;
      return typeof params.delivery_success !== "boolean" || params.delivery_success === delivered;
    });
    const page = paginate(rows, params, {
      url: "/v1/events",
      noun: "event",
      all: world.store.scan("events"),
    });
    return { ...page, data: page.data.map((event) => render(world, event)) };
  }),
  // What `stripe events resend` sends; not in the SDK. The automatic retries go on.
  route("POST /v1/events/:id/retry", RETRY, (call, params) => {
    const event = found(call, "events", "event");
    writeResend(call.world, event.id, params.webhook_endpoint ?? undefined);
    return render(call.world, event);
  }),
  route("GET /v1/events/:id", hash({}), (call) => render(call.world, found(call, "events", "event"))),
];

/** Either a type or up to 20 of them, says the SDK on `EventListParams.types`. */
function checkTypes({ type, types }: ReturnType<typeof LIST>): void {
  if (type && types)
    throw badParam(
      "parameters_exclusive",
      "You may only specify one of these parameters: type, types.",
      "types",
    );
  if (types && types.length > MOST_TYPES)
    throw badParam("parameter_invalid", `You may name at most ${MOST_TYPES} types.`, "types");
}

function render(world: World, event: Stripe.Event): Stripe.Event {
  return { ...event, pending_webhooks: world.pendingWebhooks(event.id) };
}

function matches(type: string, pattern: string): boolean {
  return pattern.endsWith("*") ? type.startsWith(pattern.slice(0, -1)) : type === pattern;
}
