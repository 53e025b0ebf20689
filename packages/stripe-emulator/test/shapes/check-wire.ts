import type Stripe from "stripe";
import { checkValue, type Problem, type Reference } from "./check-value.ts";
import { methodOf } from "./implemented-methods.ts";
import type { Exchange } from "./record-exchanges.ts";
import { named, type Shape } from "./resolve-type.ts";

export interface Checked {
  /** What is wrong, each kind of fault once, with the call or event in which it was seen first. */
  faults: Map<string, string>;
  properties: number;
  /** Names of methods and types of events that were checked. */
  names: Set<string>;
}

const EVENT = named("resources/Events.js", "Event");
const REFUSAL: Shape = {
  is: "hash",
  name: "Refusal",
  properties: () =>
    new Map([["error", { required: true, shape: () => named("Types.js", "StripeRawError") }]]),
  rest: () => null,
};

/** Nothing is checked yet. */
export function nothingChecked(): Checked {
  return { faults: new Map(), properties: 0, names: new Set() };
}

/** Compares every answer with the type its method promises, and every refusal with the SDK's type of errors. */
export function checkExchanges(exchanges: readonly Exchange[], checked: Checked): Reference[] {
  return exchanges.flatMap((exchange) => {
    const method = methodOf(exchange);
    const at = `${exchange.method} ${exchange.path} (${exchange.status})`;
    if (exchange.status >= 400) return check(checked, exchange.body, { shape: REFUSAL, path: "refusal", at });
    if (method === null) return [];
    checked.names.add(method.name);
    const path = String((exchange.body as Stripe.Customer).object);
    return check(checked, exchange.body, { shape: method.answer(), path, at: `${method.name}, ${at}` });
  });
}

/** Compares every event with the type that the SDK has for it, object and previous attributes included. */
export function checkEvents(events: readonly Stripe.Event[], checked: Checked): Reference[] {
  return events.flatMap((event) => {
    checked.names.add(event.type);
    return check(checked, event, { shape: EVENT, path: event.type, at: event.id });
  });
}

function check(
  checked: Checked,
  value: unknown,
  of: { shape: Shape; path: string; at: string },
): Reference[] {
  const { problems, references, properties } = checkValue(value, of.shape, of.path);
  checked.properties += properties;
  for (const problem of problems) {
    const fault = faultOf(problem);
    if (!checked.faults.has(fault)) checked.faults.set(fault, of.at);
  }
  return references;
}

/** The same fault in every entry of a list is one. */
function faultOf({ path, says }: Problem): string {
  return `${path.replaceAll(/\[\d+\]/g, "[]")}: ${says}`;
}
