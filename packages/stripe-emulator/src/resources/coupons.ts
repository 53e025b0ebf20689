import type Stripe from "stripe";
import { currentCoupon, termsOf } from "../billing/coupon-state.ts";
import type { World } from "../billing/world.ts";
import { badParam, badState, StripeError } from "../http/errors.ts";
import { LIST_PARAMS, paginate } from "../http/lists.ts";
import { hash, integer, list, mergeMetadata, metadata, oneOf, type Reader, text } from "../http/params.ts";
import { type Call, idOf, type Route, route } from "../http/route.ts";
import { buildCoupon, type CouponInput } from "../objects/coupon.ts";
import { currencyOptions } from "./currency-options.ts";
import { named } from "./find.ts";
import { positive } from "./positive.ts";
import { sent } from "./shapes.ts";

const NAME: Reader<string> = (value, at, version) => {
  const name = text(value, at, version);
  if (name.length <= 40) return name;
  throw badParam("parameter_invalid_string", `Invalid string: ${name}; must be at most 40 characters`, at);
};

/** Up to four decimals, of which Stripe shows what was sent. */
const PERCENT: Reader<number> = (value, at) => {
  if (typeof value !== "string" || !/^\d{1,3}(\.\d{1,4})?$/.test(value))
    throw badParam("parameter_invalid_number", `Invalid decimal: ${String(value)}`, at);
  const percent = Number(value);
  const now = Number.isInteger(percent) ? percent.toFixed(1) : String(percent);
  const bound = percent < 0.01 ? "greater than or equal to 0.01" : "less than or equal to 100";
  if (percent >= 0.01 && percent <= 100) return percent;
  throw badState(`This value must be ${bound} (it currently is '${now}').`, { param: at });
};

const CREATE = hash({
  amount_off: positive,
  applies_to: hash({ products: list(text) }),
  currency: text,
  currency_options: currencyOptions("amount_off"),
  duration: oneOf("forever", "once", "repeating"),
  duration_in_months: positive,
  id: text,
  max_redemptions: positive,
  metadata,
  name: NAME,
  percent_off: PERCENT,
  redeem_by: integer,
});
const UPDATE = hash({ currency_options: currencyOptions("amount_off"), metadata, name: NAME });

type Create = ReturnType<typeof CREATE>;

/** Coupons: create, retrieve, update, delete, list. */
export const couponRoutes: Route[] = [
  route("POST /v1/coupons", CREATE, createCoupon),
  route("GET /v1/coupons", hash(LIST_PARAMS), ({ world }, params) => {
    const rows = world.store.all("coupons").flatMap(({ id }) => currentCoupon(world, id) ?? []);
    return paginate(rows, params, { url: "/v1/coupons", noun: "coupon" });
  }),
  route("GET /v1/coupons/:id", hash({}), mustExist),
  route("POST /v1/coupons/:id", UPDATE, (call, params) => {
    const { world } = call;
    const before = mustExist(call);
    const terms = termsOf(world, before.id);
    if (params.currency_options && before.percent_off !== null) throw notWithPercent();
    if (params.currency_options)
      world.store.put("couponTerms", {
        ...terms,
        currencies: { ...terms.currencies, ...params.currency_options },
      });
    world.update("coupon.updated", before.id, {
      ...sent({ name: params.name }),
      metadata: mergeMetadata(before.metadata, params.metadata),
    } as Partial<Stripe.Coupon>);
    return mustExist(call);
  }),
  route("DELETE /v1/coupons/:id", hash({}), (call): Stripe.DeletedCoupon => {
    const coupon = mustExist(call);
    call.world.store.remove("coupons", coupon.id);
    call.world.store.remove("couponTerms", coupon.id);
    call.world.emit("coupon.deleted", { ...coupon, valid: false });
    return { id: coupon.id, object: "coupon", deleted: true };
  }),
];

/** 404s of coupons name the parameter `coupon`, as Stripe's do. */
function mustExist(call: Call): Stripe.Coupon {
  const id = idOf(call);
  const coupon = currentCoupon(call.world, id);
  if (coupon !== undefined) return coupon;
  const body = { code: "resource_missing", message: `No such coupon: '${id}'`, param: "coupon" };
  throw new StripeError(404, { type: "invalid_request_error", ...body });
}

function createCoupon(call: Call, params: Create): Stripe.Coupon {
  const { world } = call;
  const input = inputOf(world, params);
  if (input.id !== null && world.store.get("coupons", input.id) !== undefined)
    throw badParam("resource_already_exists", "Coupon already exists.", "id");
  const products = params.applies_to?.products ?? null;
  for (const [place, id] of (products ?? []).entries())
    named(call, "products", { id, noun: "product", param: `applies_to[products][${place}]` });
  const coupon = world.store.put("coupons", buildCoupon(world, input));
  if (products !== null || params.currency_options)
    world.store.put("couponTerms", {
      id: coupon.id,
      products,
      currencies: params.currency_options ?? null,
    });
  world.emit("coupon.created", coupon);
  return coupon;
}

/** A hundred years: longer than any clock can be moved. */
const MOST_MONTHS = 1200;

function inputOf(world: World, params: Create): CouponInput {
  const duration = params.duration ?? "once";
  const months = params.duration_in_months ?? null;
  if (duration === "repeating" && months === null)
    throw badState(
      "The duration_in_months param must be set when creating a coupon with a repeating duration",
      {
        param: "duration",
      },
    );
  if (duration !== "repeating" && months !== null)
    throw badState("The duration_in_months param can only be set with a repeating duration", {
      param: "duration_in_months",
    });
  if (months !== null && months > MOST_MONTHS)
    throw badParam(
      "parameter_invalid_integer",
      `This value must be at most ${MOST_MONTHS}.`,
      "duration_in_months",
    );
  const redeemBy = params.redeem_by ?? null;
  if (redeemBy !== null && redeemBy <= world.now())
    throw badState(
      `The parameter \`redeem_by\` expects a unix timestamp representing a date and time in the future. You specified the value \`${redeemBy}\` which is in the past.`,
      { param: "redeem_by" },
    );
  return {
    id: params.id ?? null,
    off: offOf(params),
    duration,
    months,
    maxRedemptions: params.max_redemptions ?? null,
    redeemBy,
    name: params.name ?? null,
    metadata: mergeMetadata({}, params.metadata),
  };
}

function offOf({ percent_off: percent, amount_off: amount, ...params }: Create): CouponInput["off"] {
  if (percent && amount)
    throw badState("Received both percent_off and amount_off parameters. Please pass in only one.");
  if (percent) {
    if (params.currency_options) throw notWithPercent();
    return { percent };
  }
  if (!amount) throw badState("Must provide percent_off or amount_off.", { code: "parameter_missing" });
  if (!params.currency)
    throw badState("You must pass currency when passing amount_off", { param: "currency" });
  return { amount, currency: params.currency.toLowerCase() };
}

function notWithPercent(): StripeError {
  return badState("You may only specify one of these parameters: currency_options, percent_off.", {
    param: "currency_options",
  });
}
