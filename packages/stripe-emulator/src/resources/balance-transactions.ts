import { balanceTransaction, balanceTransactions } from "../billing/balance.ts";
import { missing } from "../http/errors.ts";
import { LIST_PARAMS, paginate } from "../http/lists.ts";
import { hash, text } from "../http/params.ts";
import { idOf, type Route, route } from "../http/route.ts";

const URL = "/v1/balance_transactions";
const LIST = hash({ ...LIST_PARAMS, currency: text, payout: text, source: text, type: text });

/** What moved on the account's balance: retrieve, list. */
export const balanceTransactionRoutes: Route[] = [
  route(`GET ${URL}/:id`, hash({}), (call) => {
    const found = balanceTransaction(call.world, idOf(call));
    if (found === undefined) throw missing("balance transaction", idOf(call));
    return found;
  }),
  route(`GET ${URL}`, LIST, (call, params) => {
    const rows = balanceTransactions(call.world).filter((row) => {
      if (params.payout || (params.type && row.type !== params.type)) return false;
      if (params.source && row.source !== params.source) return false;
      return !params.currency || row.currency === params.currency.toLowerCase();
    });
    return paginate(rows, params, { url: URL, noun: "balance transaction" });
  }),
];
