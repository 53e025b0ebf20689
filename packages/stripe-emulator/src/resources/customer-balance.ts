import { moveBalance } from "../billing/customer-balance.ts";
import { badParam, missing } from "../http/errors.ts";
import { LIST_PARAMS, paginate } from "../http/lists.ts";
import { hash, integer, mergeMetadata, metadata, text } from "../http/params.ts";
import { type Call, idOf, type Route, route } from "../http/route.ts";
import { liveCustomer } from "../objects/customer.ts";

const URL = "/v1/customers/:id/balance_transactions";
const FIELDS = { description: text, metadata };

/** Why a customer's balance is what it is: create an adjustment, retrieve, update, list. */
export const customerBalanceRoutes: Route[] = [
  route(
    `POST ${URL}`,
    hash({ ...FIELDS, amount: integer, currency: text }, "amount", "currency"),
    (call, params) => {
      const customer = owner(call);
      const currency = params.currency.toLowerCase();
      if (customer.currency !== null && customer.currency !== currency && customer.balance !== 0)
        throw badParam(
          "parameter_invalid",
          `The customer's balance is in ${customer.currency}; it cannot be adjusted in ${currency}.`,
          "currency",
        );
      return moveBalance(call.world, customer, {
        type: "adjustment",
        amount: params.amount,
        currency,
        description: params.description ?? null,
        metadata: mergeMetadata({}, params.metadata),
      });
    },
  ),
  route(`GET ${URL}`, hash(LIST_PARAMS), (call, params) => {
    const { id } = owner(call);
    const rows = call.world.store.where("balanceTransactions", "customer", id);
    const url = `/v1/customers/${id}/balance_transactions`;
    return paginate(rows, params, { url, noun: "customer_balance_transaction" });
  }),
  route(`GET ${URL}/:transaction`, hash({}), (call) => transactionOf(call)),
  route(`POST ${URL}/:transaction`, hash(FIELDS), (call, params) => {
    const before = transactionOf(call);
    return call.world.change("balanceTransactions", before.id, {
      metadata: mergeMetadata(before.metadata, params.metadata),
      ...(params.description !== undefined && { description: params.description }),
    });
  }),
];

function owner(call: Call) {
  const customer = liveCustomer(call.world, idOf(call));
  if (customer === null) throw missing("customer", idOf(call));
  return customer;
}

function transactionOf(call: Call) {
  const id = call.path["transaction"] ?? "";
  const row = call.world.store.get("balanceTransactions", id);
  if (row === undefined || row.customer !== owner(call).id) throw missing("customer_balance_transaction", id);
  return row;
}
