import type Stripe from "stripe";
import type { World } from "../billing/world.ts";

export interface CustomerInput {
  email?: string | null | undefined;
  name?: string | null | undefined;
  phone?: string | null | undefined;
  description?: string | null | undefined;
  address?: Stripe.Address | null | undefined;
  shipping?: Stripe.Customer.Shipping | null | undefined;
  business_name?: string | null | undefined;
  individual_name?: string | null | undefined;
  invoice_prefix?: string | null | undefined;
  preferred_locales?: string[] | null | undefined;
  tax_exempt?: string | null | undefined;
  metadata: Stripe.Metadata;
}

/** A customer as Stripe renders it. */
export function buildCustomer(world: World, input: CustomerInput): Stripe.Customer {
  const id = world.id("cus");
  return {
    id,
    object: "customer",
    address: input.address ?? null,
    balance: 0,
    ...(input.business_name && { business_name: input.business_name }),
    created: world.now(),
    currency: null,
    customer_account: null,
    default_source: null,
    delinquent: false,
    description: input.description ?? null,
    discount: null,
    email: input.email ?? null,
    ...(input.individual_name && { individual_name: input.individual_name }),
    invoice_prefix: input.invoice_prefix ?? id.slice(4, 12).toUpperCase(),
    invoice_settings: {
      custom_fields: null,
      default_payment_method: null,
      footer: null,
      rendering_options: null,
    },
    livemode: false,
    metadata: input.metadata,
    name: input.name ?? null,
    next_invoice_sequence: 1,
    phone: input.phone ?? null,
    preferred_locales: input.preferred_locales ?? [],
    shipping: input.shipping ?? null,
    tax_exempt: input.tax_exempt ?? "none",
    test_clock: null,
  };
}

/** The customer, unless it was deleted or never was. */
export function liveCustomer(world: World, id: string): Stripe.Customer | null {
  const customer = world.store.get("customers", id);
  return customer === undefined || customer.deleted === true ? null : customer;
}
