import type Stripe from "stripe";
import { hash, list, text } from "../http/params.ts";

/** An address as it is sent. */
export const addressParam = hash({
  city: text,
  country: text,
  line1: text,
  line2: text,
  postal_code: text,
  state: text,
});

/** An address as it is shown: every field there. */
export function addressOf(
  sent: { [K in keyof Stripe.Address]?: string | null } | null | undefined,
): Stripe.Address | null {
  if (sent === null || sent === undefined) return null;
  return {
    city: sent.city ?? null,
    country: sent.country ?? null,
    line1: sent.line1 ?? null,
    line2: sent.line2 ?? null,
    postal_code: sent.postal_code ?? null,
    state: sent.state ?? null,
  };
}

/** Where goods go, as it is sent. */
export const shippingParam = hash({ address: addressParam, name: text, phone: text }, "address", "name");

/** Where goods go, as it is shown. */
export function shippingOf(sent: ReturnType<typeof shippingParam> | null | undefined) {
  if (sent === null || sent === undefined) return null;
  const address = addressOf(sent.address);
  return { ...(address && { address }), name: sent.name, phone: sent.phone ?? null };
}

/** Lines of one's own on invoices. */
export const customFieldsParam = list(hash({ name: text, value: text }, "name", "value"));

/** Drops what was not sent, so that an update only touches what it names. */
export function sent<T extends object>(fields: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };
}
