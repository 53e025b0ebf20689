import { flag, hash, ignored, integer, list, metadata, oneOf, text, uncovered } from "../http/params.ts";
import { CHANGED_ITEM } from "./price-change.ts";
import { PRICE_DATA } from "./priced.ts";
import { FLEXIBLE } from "./subscription-discounts.ts";
import { CANCEL_AT, PRORATION, TRIAL_END } from "./subscription-fields.ts";
import { WISHED_DISCOUNTS } from "./wished-discounts.ts";

const DETAILS = hash({
  billing_cycle_anchor: hash({ timestamp: integer, type: oneOf("now", "timestamp", "unchanged") }, "type"),
  billing_mode: hash({ type: oneOf("classic", "flexible"), flexible: FLEXIBLE }),
  billing_schedules: uncovered,
  cancel_at: CANCEL_AT,
  cancel_at_period_end: flag,
  cancel_now: flag,
  default_tax_rates: uncovered,
  items: list(CHANGED_ITEM),
  metadata: ignored,
  pause: uncovered,
  proration_behavior: PRORATION,
  proration_date: integer,
  resume_at: uncovered,
  start_date: uncovered,
  trial_end: TRIAL_END,
});
const ITEM = hash({
  amount: integer,
  currency: text,
  description: text,
  discountable: flag,
  discounts: uncovered,
  invoiceitem: uncovered,
  metadata,
  period: ignored,
  price: text,
  price_data: PRICE_DATA,
  quantity: integer,
  quantity_decimal: uncovered,
  tax_behavior: ignored,
  tax_code: ignored,
  tax_rates: uncovered,
  unit_amount: integer,
  unit_amount_decimal: uncovered,
});
/** What a preview takes. */
export const PREVIEW = hash({
  automatic_tax: uncovered,
  currency: text,
  customer: text,
  customer_details: ignored,
  discounts: WISHED_DISCOUNTS,
  invoice_items: list(ITEM),
  issuer: ignored,
  on_behalf_of: uncovered,
  preview_mode: oneOf("next"),
  schedule: uncovered,
  schedule_details: uncovered,
  subscription: text,
  subscription_details: DETAILS,
});

export type Preview = ReturnType<typeof PREVIEW>;
export type PreviewDetails = ReturnType<typeof DETAILS>;
export type PreviewItem = ReturnType<typeof ITEM>;
