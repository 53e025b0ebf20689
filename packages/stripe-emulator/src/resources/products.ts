import type Stripe from "stripe";
import { badParam, badState } from "../http/errors.ts";
import { LIST_PARAMS, paginate } from "../http/lists.ts";
import {
  flag,
  hash,
  ignored,
  integer,
  list,
  mergeMetadata,
  metadata,
  type Reader,
  text,
  uncovered,
} from "../http/params.ts";
import { type Route, route } from "../http/route.ts";
import { buildProduct } from "../objects/product.ts";
import { found } from "./find.ts";
import { createPrice, RECURRING } from "./prices.ts";
import { sent } from "./shapes.ts";

/** A measure: digits, and perhaps a few after the point. */
const measure: Reader<number> = (value, at) => {
  if (typeof value === "string" && /^\d{1,9}(\.\d{1,4})?$/.test(value)) return Number(value);
  throw badParam("parameter_invalid", `Invalid decimal: ${String(value)}`, at);
};
const DIMENSIONS = hash(
  { height: measure, length: measure, weight: measure, width: measure },
  "height",
  "length",
  "weight",
  "width",
);
const FIELDS = {
  active: flag,
  description: text,
  images: list(text),
  marketing_features: list(hash({ name: text }, "name")),
  metadata,
  package_dimensions: DIMENSIONS,
  shippable: flag,
  statement_descriptor: text,
  tax_code: text,
  unit_label: text,
  url: text,
};
const DEFAULT_PRICE = hash(
  {
    currency: text,
    unit_amount: integer,
    recurring: RECURRING,
    tax_behavior: text,
    metadata,
    custom_unit_amount: uncovered,
    currency_options: uncovered,
    unit_amount_decimal: uncovered,
  },
  "currency",
);
const CREATE = hash(
  { ...FIELDS, id: text, name: text, type: ignored, default_price_data: DEFAULT_PRICE },
  "name",
);
const UPDATE = hash({ ...FIELDS, name: text, default_price: text });

/** Products: create, retrieve, update, delete, list. */
export const productRoutes: Route[] = [
  route("POST /v1/products", CREATE, (call, params) => {
    const { world } = call;
    if (params.id && world.store.get("products", params.id) !== undefined) {
      throw badParam("resource_already_exists", `Product already exists.`, "id");
    }
    const product = buildProduct(world, { ...params, metadata: mergeMetadata({}, params.metadata) });
    world.store.put("products", product);
    const data = params.default_price_data;
    const price = data && createPrice(call, { ...data, product: product.id });
    const after = price ? world.change("products", product.id, { default_price: price.id }) : product;
    world.emit("product.created", after);
    return after;
  }),
  route("GET /v1/products/:id", hash({}), (call) => found(call, "products", "product")),
  route("POST /v1/products/:id", UPDATE, (call, params) => {
    const product = found(call, "products", "product");
    const { metadata: change, marketing_features: features, ...plain } = params;
    const patch: Partial<Stripe.Product> = {
      ...sent(plain as Partial<Stripe.Product>),
      ...(features !== undefined && { marketing_features: features ?? [] }),
      metadata: mergeMetadata(product.metadata, change),
      updated: call.world.now(),
    };
    return call.world.update("product.updated", product.id, patch);
  }),
  route("DELETE /v1/products/:id", hash({}), (call) => {
    const product = found(call, "products", "product");
    const { store } = call.world;
    if (store.all("prices").some((price) => price.product === product.id)) {
      throw badState("This product cannot be deleted because it has one or more user-created prices.", {
        param: "id",
      });
    }
    store.remove("products", product.id);
    call.world.emit("product.deleted", product);
    return { id: product.id, object: "product", deleted: true } satisfies Stripe.DeletedProduct;
  }),
  route(
    "GET /v1/products",
    hash({ ...LIST_PARAMS, active: flag, ids: list(text), type: ignored, url: text, shippable: flag }),
    (call, params) => {
      const rows = call.world.store.all("products").filter((row) => {
        if (typeof params.active === "boolean" && row.active !== params.active) return false;
        if (typeof params.shippable === "boolean" && row.shippable !== params.shippable) return false;
        if (params.url && row.url !== params.url) return false;
        return !params.ids || params.ids.includes(row.id);
      });
      return paginate(rows, params, {
        url: "/v1/products",
        noun: "product",
        all: call.world.store.scan("products"),
      });
    },
  ),
];
