import {
  flag,
  hash,
  ignored,
  integer,
  list,
  metadata,
  oneOf,
  type Reader,
  removed,
  text,
  uncovered,
} from "../http/params.ts";
import { METHOD_DATA } from "./payment-method-data.ts";
import { addressParam } from "./shapes.ts";

/** Where goods go, on intents, charges and customers. */
export const shippingParam = hash({
  address: addressParam,
  carrier: text,
  name: text,
  phone: text,
  tracking_number: text,
});

/** How a customer allowed a debit. */
export const mandateParam = hash(
  {
    customer_acceptance: hash(
      { type: oneOf("online", "offline"), accepted_at: integer, online: ignored, offline: ignored },
      "type",
    ),
  },
  "customer_acceptance",
);

const offSession: Reader<boolean> = (value, at, version) =>
  value === "one_off" || value === "recurring" ? true : flag(value, at, version);

const captureMethod = oneOf("automatic", "automatic_async", "manual");
const NO_TYPES =
  "Payment method types are chosen by Stripe: narrow them with allowed_payment_method_types or excluded_payment_method_types.";

/** `payment_method_types` of intents: gone since endive, still read in older versions. */
export const methodTypes = removed("2026-09-30.endive", {
  hint: NO_TYPES,
  before: list(text),
  code: "payment_method_types_no_longer_supported",
});

const cardOptions = hash({
  request_three_d_secure: oneOf("automatic", "any", "challenge"),
  network: ignored,
  moto: ignored,
  capture_method: uncovered,
  setup_future_usage: uncovered,
  installments: uncovered,
  mandate_options: ignored,
  cvc_token: ignored,
  statement_descriptor_suffix_kana: ignored,
  statement_descriptor_suffix_kanji: ignored,
  three_d_secure: uncovered,
});

/** Options by type; only those of cards do something. */
export const methodOptions = hash({
  card: cardOptions,
  sepa_debit: ignored,
  link: ignored,
  us_bank_account: ignored,
});

/** What narrows the types of an intent, and what Stripe has besides. */
export const TYPE_CHOICE = {
  allowed_payment_method_types: list(text),
  excluded_payment_method_types: list(text),
  payment_method_types: methodTypes,
  payment_method_configuration: ignored,
  payment_method_options: methodOptions,
  payment_method_data: hash(METHOD_DATA, "type"),
};

const SHARED = {
  ...TYPE_CHOICE,
  amount_details: ignored,
  capture_method: captureMethod,
  hooks: ignored,
  payment_details: ignored,
  payment_method: text,
  receipt_email: text,
  setup_future_usage: oneOf("off_session", "on_session"),
  shipping: shippingParam,
};
const FIELDS = {
  amount: integer,
  currency: text,
  customer: text,
  customer_account: uncovered,
  description: text,
  metadata,
  application_fee_amount: uncovered,
  transfer_data: uncovered,
  transfer_group: ignored,
  statement_descriptor: text,
  statement_descriptor_suffix: text,
};
const CONFIRMATION = {
  confirmation_token: uncovered,
  error_on_requires_action: flag,
  mandate: text,
  mandate_data: mandateParam,
  off_session: offSession,
  radar_options: ignored,
  return_url: text,
  use_stripe_sdk: ignored,
};

export const CREATE = hash(
  {
    ...SHARED,
    ...FIELDS,
    ...CONFIRMATION,
    automatic_payment_methods: hash({ enabled: flag, allow_redirects: oneOf("always", "never") }, "enabled"),
    confirm: flag,
    confirmation_method: oneOf("automatic", "manual"),
    on_behalf_of: uncovered,
  },
  "amount",
  "currency",
);
export const UPDATE = hash({ ...SHARED, ...FIELDS });
export const CONFIRM = hash({
  ...SHARED,
  ...CONFIRMATION,
  amount_to_confirm: integer,
  client_secret: ignored,
});
export const CAPTURE = hash({
  amount_to_capture: integer,
  amount_details: ignored,
  application_fee_amount: uncovered,
  final_capture: flag,
  hooks: ignored,
  metadata,
  payment_details: ignored,
  statement_descriptor: text,
  statement_descriptor_suffix: text,
  transfer_data: uncovered,
});
export const CANCEL = hash({
  cancellation_reason: oneOf("abandoned", "duplicate", "fraudulent", "requested_by_customer"),
});

export type Created = ReturnType<typeof CREATE>;
export type Updated = ReturnType<typeof UPDATE>;
export type Confirmed = ReturnType<typeof CONFIRM>;
