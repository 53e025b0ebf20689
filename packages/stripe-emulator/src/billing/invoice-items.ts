import type Stripe from "stripe";
import { lineOfItem } from "../objects/invoice-item.ts";
import { totalsOf } from "../objects/invoice-totals.ts";
import { buildPrice, buildProduct } from "../objects/product.ts";
import { endDiscountsOf, spendDiscounts } from "./end-discount.ts";
import { mustGet } from "./invoicing.ts";
import type { World } from "./world.ts";

/** Writes an invoice item and tells of it; into a draft it goes at once, else it waits for the next invoice. */
export function addInvoiceItem(
  world: World,
  item: Stripe.InvoiceItem,
  invoice: string | null = null,
): Stripe.InvoiceItem {
  const added = world.store.put("invoiceItems", { ...item, invoice });
  world.emit("invoiceitem.created", added);
  if (invoice !== null)
    rewriteDraft(world, invoice, (lines) => [...lines, lineOfItem(world, invoice, added)]);
  return added;
}

/** Changes an item, and its line on the draft it is on. No event of Stripe's tells of the item itself. */
export function changeInvoiceItem(
  world: World,
  id: string,
  patch: Partial<Stripe.InvoiceItem>,
): Stripe.InvoiceItem {
  const item = world.change("invoiceItems", id, patch);
  const { invoice } = item;
  if (typeof invoice !== "string") return item;
  rewriteDraft(world, invoice, (lines) =>
    lines.map((line) =>
      itemOfLine(line) === id ? { ...lineOfItem(world, invoice, item), id: line.id } : line,
    ),
  );
  return item;
}

/** Takes an item away, and its line from the draft it is on. */
export function removeInvoiceItem(world: World, item: Stripe.InvoiceItem): void {
  world.store.remove("invoiceItems", item.id);
  world.emit("invoiceitem.deleted", item);
  endDiscountsOf(world, item);
  if (typeof item.invoice === "string")
    rewriteDraft(world, item.invoice, (lines) => lines.filter((line) => itemOfLine(line) !== item.id));
}

/** Changes lines or fields of a draft, and with them its sums. */
export function rewriteDraft(
  world: World,
  id: string,
  change: Partial<Stripe.Invoice> | ((lines: Stripe.InvoiceLineItem[]) => Stripe.InvoiceLineItem[]),
): Stripe.Invoice {
  const draft = mustGet(world, id);
  const patch = typeof change === "function" ? {} : change;
  const after = typeof change === "function" ? change(draft.lines.data) : draft.lines.data;
  const discounts = (patch.discounts ?? draft.discounts).map((row) =>
    typeof row === "string" ? row : row.id,
  );
  const { lines, sums } = totalsOf(world, after, discounts);
  const sent = { ...patch, ...sums, lines: { ...draft.lines, data: lines } };
  const rewritten = world.update("invoice.updated", id, sent);
  spendDiscounts(world, rewritten);
  return rewritten;
}

/** The price of an amount that names none: Stripe makes one of its own that cannot be used again, and tells of nothing. */
export function privatePrice(
  world: World,
  input: { amount: number; currency: string; name: string; product?: string },
): Stripe.Price {
  const { amount: unit_amount, currency } = input;
  const made = () =>
    world.store.put("products", {
      ...buildProduct(world, { name: input.name, metadata: {} }),
      active: false,
    });
  const product = input.product ?? made().id;
  const price = { product, currency, unit_amount, recurring: null, active: false, metadata: {} };
  return world.store.put("prices", buildPrice(world, price));
}

function itemOfLine(line: Stripe.InvoiceLineItem): string | null {
  return line.parent?.invoice_item_details?.invoice_item ?? null;
}
