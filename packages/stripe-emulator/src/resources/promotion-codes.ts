import type Stripe from "stripe";
import {
  couponIdOf,
  currentCoupon,
  currentPromotionCode,
  isRedeemable,
  termsOf,
} from "../billing/coupon-state.ts";
import type { World } from "../billing/world.ts";
import { badParam, badState, missing } from "../http/errors.ts";
import { LIST_PARAMS, paginate } from "../http/lists.ts";
import {
  flag,
  hash,
  integer,
  mergeMetadata,
  metadata,
  oneOf,
  type Reader,
  removed,
  text,
  uncovered,
} from "../http/params.ts";
import { type Call, idOf, type Route, route } from "../http/route.ts";
import { buildPromotionCode } from "../objects/promotion-code.ts";
import { currencyOptions } from "./currency-options.ts";
import { namedCustomer } from "./find.ts";
import { positive } from "./positive.ts";

const CODE: Reader<string> = (value, at, version) => {
  const code = text(value, at, version);
  if (/^[A-Za-z0-9-]{1,500}$/.test(code)) return code;
  throw badParam("parameter_invalid", `Invalid ${at}: it may only contain letters, digits and dashes.`, at);
};
const MINIMUMS = currencyOptions("minimum_amount");
const CREATE = hash({
  active: flag,
  code: CODE,
  coupon: removed("2025-09-30.clover", { hint: "Use promotion[coupon] instead.", before: text }),
  customer: text,
  customer_account: uncovered,
  expires_at: integer,
  max_redemptions: positive,
  metadata,
  promotion: hash({ coupon: text, type: oneOf("coupon") }, "type"),
  restrictions: hash({
    currency_options: MINIMUMS,
    first_time_transaction: flag,
    minimum_amount: positive,
    minimum_amount_currency: text,
  }),
});
const UPDATE = hash({ active: flag, metadata, restrictions: hash({ currency_options: MINIMUMS }) });
const LIST = hash({
  ...LIST_PARAMS,
  active: flag,
  code: text,
  coupon: text,
  customer: text,
  customer_account: uncovered,
});

type Create = ReturnType<typeof CREATE>;

/** Promotion codes: create, retrieve, update, list. */
export const promotionCodeRoutes: Route[] = [
  route("POST /v1/promotion_codes", CREATE, createPromotionCode),
  route("GET /v1/promotion_codes", LIST, ({ world }, params) => {
    const { store } = world;
    const all = params.code
      ? store.where("promotionCodes", "code", params.code.toLowerCase())
      : params.coupon
        ? store.where("promotionCodes", "coupon", params.coupon)
        : store.all("promotionCodes");
    const rows = all
      .flatMap(({ id }) => currentPromotionCode(world, id) ?? [])
      .filter((row) => {
        if (params.coupon && couponIdOf(row) !== params.coupon) return false;
        if (params.customer && row.customer !== params.customer) return false;
        return typeof params.active !== "boolean" || row.active === params.active;
      });
    return paginate(rows, params, {
      url: "/v1/promotion_codes",
      noun: "promotion code",
      all: world.store.scan("promotionCodes"),
    });
  }),
  route("GET /v1/promotion_codes/:id", hash({}), mustExist),
  route("POST /v1/promotion_codes/:id", UPDATE, (call, params) => {
    const { world } = call;
    const before = mustExist(call);
    const stored = { ...before, active: params.active ?? before.active };
    if (params.active && !before.active) mayBecomeActive(world, before);
    const minimums = params.restrictions?.currency_options;
    const terms = termsOf(world, before.id);
    if (minimums)
      world.store.put("couponTerms", { ...terms, currencies: { ...terms.currencies, ...minimums } });
    world.update("promotion_code.updated", before.id, {
      active: stored.active,
      metadata: mergeMetadata(before.metadata, params.metadata),
    });
    return mustExist(call);
  }),
];

function mustExist(call: Call): Stripe.PromotionCode {
  const code = currentPromotionCode(call.world, idOf(call));
  if (code === undefined) throw missing("promotion code", idOf(call));
  return code;
}

function createPromotionCode(call: Call, params: Create): Stripe.PromotionCode {
  const { world } = call;
  const coupon = couponOf(world, params);
  const { expires_at = null, max_redemptions = null, customer = null, active } = params;
  if (customer !== null) namedCustomer(call, customer);
  if (expires_at !== null && expires_at <= world.now())
    throw badState("The promotion code's `expires_at` must be in the future.", { param: "expires_at" });
  if (expires_at !== null && coupon.redeem_by !== null && expires_at > coupon.redeem_by)
    throw badState("The promotion code cannot expire after its coupon's `redeem_by`.", {
      param: "expires_at",
    });
  if (max_redemptions !== null && coupon.max_redemptions !== null && max_redemptions > coupon.max_redemptions)
    throw badState("The promotion code cannot have more `max_redemptions` than its coupon.", {
      param: "max_redemptions",
    });
  const { currency_options, ...restrictions } = params.restrictions ?? {};
  const built = buildPromotionCode(world, {
    coupon: coupon.id,
    code: params.code ?? null,
    active: active ?? true,
    customer,
    expiresAt: expires_at,
    maxRedemptions: max_redemptions,
    metadata: mergeMetadata({}, params.metadata),
    restrictions: restrictionsOf(restrictions),
  });
  if (built.active) mustBeFree(world, built);
  world.store.put("promotionCodes", built);
  if (currency_options)
    world.store.put("couponTerms", { id: built.id, products: null, currencies: currency_options });
  world.emit("promotion_code.created", built);
  return built;
}

/** Calls of versions before 2025-09-30.clover name the coupon by itself. */
function couponOf(world: World, { coupon: old, promotion }: Create): Stripe.Coupon {
  const param = promotion ? "promotion[coupon]" : old === undefined ? "promotion" : "coupon";
  const id = promotion?.coupon ?? old;
  if (!id) throw badParam("parameter_missing", `Missing required param: ${param}.`, param);
  const coupon = currentCoupon(world, id);
  if (coupon === undefined) throw missing("coupon", id, param);
  if (!coupon.valid) throw badState(`Coupon expired: ${id}`, { code: "coupon_expired", param });
  return coupon;
}

function restrictionsOf(
  params: Omit<NonNullable<Create["restrictions"]>, "currency_options">,
): Stripe.PromotionCode.Restrictions {
  const { minimum_amount = null, minimum_amount_currency = null, first_time_transaction } = params;
  if (minimum_amount !== null && minimum_amount_currency === null) {
    const param = "restrictions[minimum_amount_currency]";
    throw badParam("parameter_missing", `Missing required param: ${param}.`, param);
  }
  return {
    first_time_transaction: first_time_transaction ?? false,
    minimum_amount,
    minimum_amount_currency: minimum_amount_currency?.toLowerCase() ?? null,
  };
}

function mayBecomeActive(world: World, code: Stripe.PromotionCode): void {
  if (!isRedeemable(world, code))
    throw badState("This promotion code cannot be made active, because it can no longer be redeemed.", {
      param: "active",
    });
  mustBeFree(world, code);
}

/** No customer may come upon two active codes that read alike, whatever their case. */
function mustBeFree(world: World, code: Stripe.PromotionCode): void {
  const taken = world.store
    .where("promotionCodes", "code", code.code.toLowerCase())
    .flatMap(({ id }) => currentPromotionCode(world, id) ?? [])
    .some(({ id, active, customer }) => {
      if (!active || id === code.id) return false;
      return customer === code.customer || customer === null || code.customer === null;
    });
  if (taken)
    throw badState(`An active promotion code with \`code: ${code.code}\` already exists.`, { param: "code" });
}
