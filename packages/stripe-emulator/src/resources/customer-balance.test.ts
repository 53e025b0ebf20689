import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openShop, refusal, type Shop } from "../../test/shop.ts";

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
});
afterAll(() => shop.close());

describe("the balance of a customer", () => {
  it("is set, adjusted and explained line by line", async () => {
    const { customers } = shop.stripe;
    const { id } = await customers.create({ balance: -1000 });
    expect((await customers.update(id, { balance: -1500, description: "Ada" })).balance).toBe(-1500);
    const added = await customers.createBalanceTransaction(id, {
      amount: 200,
      currency: "sek",
      description: "too much",
    });
    expect(added).toMatchObject({ amount: 200, ending_balance: -1300, type: "adjustment" });
    expect(await customers.retrieve(id)).toMatchObject({ balance: -1300, description: "Ada" });
    const { data } = await customers.listBalanceTransactions(id);
    expect(data.map(({ amount, ending_balance, type }) => [amount, ending_balance, type])).toEqual([
      [200, -1300, "adjustment"],
      [-500, -1500, "adjustment"],
      [-1000, -1000, "initial"],
    ]);
    const noted = await customers.updateBalanceTransaction(id, added.id, { metadata: { why: "kind" } });
    expect(noted.metadata).toEqual({ why: "kind" });
    await shop.emulator.settled();
    expect(shop.heard().slice(-2)).toEqual(["customer.updated", "customer.updated"]);
  });

  it("is added to what the next invoice costs when it is a debt", async () => {
    const { id } = await shop.stripe.customers.create({ balance: 300 });
    await shop.stripe.invoiceItems.create({ customer: id, amount: 2000, currency: "sek" });
    const invoice = await shop.stripe.invoices.create({
      customer: id,
      pending_invoice_items_behavior: "include",
    });
    const open = await shop.stripe.invoices.finalizeInvoice(invoice.id);
    expect(open).toMatchObject({ total: 2000, amount_due: 2300, starting_balance: 300, ending_balance: 0 });
    expect(await shop.stripe.customers.retrieve(id)).toMatchObject({ balance: 0 });
  });

  it("keeps what is too small to be charged, and the next invoice asks for it", async () => {
    const { customers, invoices, invoiceItems } = shop.stripe;
    const { id: customer } = await customers.create({ payment_method: "pm_card_visa" });
    const bill = async (amount: number) => {
      await invoiceItems.create({ customer, amount, currency: "sek" });
      const { id } = await invoices.create({ customer, pending_invoice_items_behavior: "include" });
      return invoices.finalizeInvoice(id);
    };
    const small = await bill(299);
    expect(small).toMatchObject({ total: 299, amount_due: 0, status: "paid", ending_balance: 299 });
    const [line] = (await customers.listBalanceTransactions(customer)).data;
    expect(line).toMatchObject({ type: "invoice_too_small", amount: 299, ending_balance: 299 });
    expect(await bill(1)).toMatchObject({ amount_due: 300, status: "open", starting_balance: 299 });
    expect(await customers.retrieve(customer)).toMatchObject({ balance: 0 });
  });

  it("is given back by an invoice that is void", async () => {
    const { customers, invoices, invoiceItems } = shop.stripe;
    for (const balance of [-1200, 300]) {
      const { id: customer } = await customers.create({ balance });
      await invoiceItems.create({ customer, amount: 2000, currency: "sek" });
      const { id } = await invoices.create({ customer, pending_invoice_items_behavior: "include" });
      await invoices.finalizeInvoice(id);
      expect(await customers.retrieve(customer)).toMatchObject({ balance: 0 });
      await invoices.voidInvoice(id);
      expect(await customers.retrieve(customer)).toMatchObject({ balance });
      const [last] = (await customers.listBalanceTransactions(customer)).data;
      expect(last).toMatchObject({ type: "unapplied_from_invoice", amount: balance, invoice: id });
    }
  });

  it("is nobody's when its customer or line is not there", async () => {
    const { customers } = shop.stripe;
    const { id } = await customers.create();
    const { id: other } = await customers.create({ balance: 5 });
    const [line] = (await customers.listBalanceTransactions(other)).data;
    const calls = [
      customers.listBalanceTransactions("cus_none"),
      customers.retrieveBalanceTransaction(id, String(line?.id)),
    ];
    for (const { code } of await Promise.all(calls.map(refusal))) expect(code).toBe("resource_missing");
  });
});
