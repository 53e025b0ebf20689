import type Stripe from "stripe";
import { type Letter, letterOf } from "../letters.ts";
import { pick } from "../seeded-draws.ts";
import type { Stage } from "../stage.ts";

type Envelope = Stripe.Event & { data: { object: Record<string, unknown> } };

const KINDS: Record<string, (event: Envelope, token: string) => Envelope> = {
  "another livemode": (event) => ({ ...event, livemode: true }),
  "a type of the future": (event) =>
    ({ ...event, type: "customer.subscription.levitated" as Stripe.Event["type"] }) as Envelope,
  "an old API version": (event) => ({ ...event, api_version: "2020-08-27" as Stripe.Event["api_version"] }),
  "an unknown customer": (event, token) =>
    ({
      ...event,
      data: { ...event.data, object: strangerOf(event.data.object, token) },
    }) as Envelope,
};

/** The same object, but every id in it is one that Stripe never gave. */
function strangerOf(object: Record<string, unknown>, token: string): Record<string, unknown> {
  const parent = object["parent"]
    ? { parent: { subscription_details: { subscription: `sub_no${token}`, metadata: {} } } }
    : {};
  const isCustomer = object["object"] === "customer";
  return {
    ...object,
    ...parent,
    id: isCustomer ? `cus_no${token}` : `${String(object["id"]).slice(0, 3)}no${token}`,
    customer: `cus_no${token}`,
    subscription: null,
    metadata: {},
    client_reference_id: null,
  };
}

/** A well-signed event made after a real one, of which one thing is not as it should be. */
export function forge(stage: Stage, model: Letter, fraction: number): { letter: Letter; kind: string } {
  const [kind, change] = pick(Object.entries(KINDS), fraction) ?? ["", (event: Envelope) => event];
  const token = stage.draws.uuid().slice(0, 8);
  const event = change({ ...(JSON.parse(model.body) as Envelope), id: `evt_no${token}` }, token);
  const letter = letterOf(event, model.stranger || kind === "an unknown customer");
  return { letter, kind };
}
