import type Stripe from "stripe";

type Fields = Record<string, unknown>;

/** Previous attributes of an event that are what its object still shows: `charge.refunded: refunded`. */
export function unchangedAttributes({ type, data }: Stripe.Event): string[] {
  const before = data.previous_attributes ?? {};
  return compare(before as Fields, data.object as unknown as Fields).map((path) => `${type}: ${path}`);
}

function compare(before: Fields, now: Fields): string[] {
  return Object.entries(before).flatMap(([key, old]) => {
    const value = now[key] ?? null;
    if (isHash(old) && isHash(value)) return compare(old, value).map((path) => `${key}.${path}`);
    return JSON.stringify(old) === JSON.stringify(value) ? [key] : [];
  });
}

/** Part of an object; whole objects and lists are told whole. */
function isHash(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !("object" in value);
}
