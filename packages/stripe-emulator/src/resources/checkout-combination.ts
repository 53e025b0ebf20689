import { badParam, badState, notCovered, type StripeError } from "../http/errors.ts";
import type { SessionCreate } from "./checkout-params.ts";

/** Parameters of one mode, and those that exclude one another. */
export function checkCombination(params: SessionCreate): void {
  if (!params.mode) throw badParam("parameter_missing", "Missing required param: mode.", "mode");
  if (params.ui_mode && params.ui_mode !== "hosted_page") throw notCovered(`ui_mode=${params.ui_mode}`);
  if (params.automatic_tax?.enabled) throw notCovered("automatic_tax[enabled]");
  if (params.tax_id_collection?.enabled) throw notCovered("tax_id_collection[enabled]");
  for (const [index, { adjustable_quantity }] of (params.line_items ?? []).entries())
    if (adjustable_quantity?.enabled) throw notCovered(`line_items[${index}][adjustable_quantity][enabled]`);
  if (!params.success_url)
    throw badParam("parameter_missing", "Missing required param: success_url.", "success_url");
  checkMode(params);
  if (params.customer && params.customer_email) throw exclusive("customer", "customer_email");
  if (params.customer_update && !params.customer) {
    throw badState("`customer_update` can only be used with `customer`.", { param: "customer_update" });
  }
  if (params.customer && params.customer_creation) throw exclusive("customer", "customer_creation");
  checkDiscounts(params);
}

const ONLY_IN: Partial<Record<keyof SessionCreate, readonly string[]>> = {
  customer_creation: ["payment", "setup"],
  payment_intent_data: ["payment"],
  invoice_creation: ["payment"],
  setup_intent_data: ["setup"],
  subscription_data: ["subscription"],
  payment_method_collection: ["subscription"],
  submit_type: ["payment", "subscription"],
  discounts: ["payment", "subscription"],
  allow_promotion_codes: ["payment", "subscription"],
};

function checkMode(params: SessionCreate): void {
  for (const [param, modes] of Object.entries(ONLY_IN)) {
    const value = params[param as keyof SessionCreate];
    if (value === undefined || value === null || modes.includes(params.mode ?? "")) continue;
    const which = modes.map((mode) => `\`${mode}\``).join(" or ");
    throw badState(`\`${param}\` can only be used in ${which} mode.`, { param });
  }
  if (params.mode === "setup" && !params.currency && !params.allowed_payment_method_types?.length) {
    if (!params.payment_method_types?.length)
      throw badParam("parameter_missing", "Missing required param: currency.", "currency");
  }
}

function checkDiscounts({ discounts, allow_promotion_codes }: SessionCreate): void {
  if (!discounts || discounts.length === 0) return;
  if (allow_promotion_codes) throw exclusive("allow_promotion_codes", "discounts");
  if (discounts.length > 1)
    throw badState("You may only apply one coupon or promotion code to a Checkout Session.", {
      param: "discounts",
    });
  const [{ coupon, promotion_code } = {}] = discounts;
  if (coupon && promotion_code) {
    const message = "You may only specify one of these parameters: coupon, promotion_code.";
    throw badState(message, { code: "parameters_exclusive", param: "discounts[0]" });
  }
  if (!coupon && !promotion_code)
    throw badParam("parameter_missing", "Missing required param: discounts[0][coupon].", "discounts[0]");
}

function exclusive(first: string, second: string): StripeError {
  return badState(`You may only specify one of these parameters: ${first}, ${second}.`, {
    code: "parameters_exclusive",
    param: second,
  });
}

/** How a session can be paid: what there is for its currency, narrowed by both lists (the SDK calls them filters). */
export function offeredTypes(params: SessionCreate, currency: string | null): string[] {
  const allowed = params.allowed_payment_method_types ?? null;
  const excluded = params.excluded_payment_method_types ?? [];
  const bank = allowed !== null && (currency === null || currency === "eur") ? ["sepa_debit"] : [];
  const had = params.payment_method_types ?? ["card", "link", ...bank];
  const offered = had.filter((type) => allowed?.includes(type) !== false && !excluded.includes(type));
  if (offered.length > 0) return offered;
  throw badState(
    "No valid payment method types for this Checkout Session. Please ensure that you have activated payment methods compatible with your chosen currency.",
    { param: allowed === null ? "excluded_payment_method_types" : "allowed_payment_method_types" },
  );
}
