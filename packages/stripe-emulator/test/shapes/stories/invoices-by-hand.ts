import { DAY } from "../../shop.ts";
import { customerWithCard, type Story } from "../story.ts";

export const invoiceByHandStories: Story[] = [
  {
    tells:
      "invoices are made by hand: charged, sent to be paid later and overdue, changed, and deleted as drafts",
    async live(shop) {
      const { stripe, emulator } = shop;
      const { id: customer } = await customerWithCard(shop, "pm_card_visa");
      await stripe.invoiceItems.create({ customer, amount: 4900, currency: "sek", description: "An hour" });
      const charged = await stripe.invoices.create({
        customer,
        pending_invoice_items_behavior: "include",
        auto_advance: true,
        metadata: { of: "hand" },
      });
      await stripe.invoices.update(charged.id, { description: "Thank you", footer: "Lund" });
      await emulator.clock.advance(DAY);
      const sent = await stripe.invoices.create({
        customer,
        currency: "sek",
        collection_method: "send_invoice",
        days_until_due: 14,
      });
      await stripe.invoiceItems.create({ customer, amount: 9900, currency: "sek", invoice: sent.id });
      await stripe.invoices.sendInvoice(sent.id);
      await emulator.clock.advance(20 * DAY);
      await stripe.invoices.pay(sent.id);
      const mistake = await stripe.invoices.create({ customer, currency: "sek" });
      await stripe.invoices.del(mistake.id);
    },
  },
  {
    tells: "the lines of a draft are added, changed and removed",
    async live({ stripe }) {
      const { id: customer } = await stripe.customers.create();
      const { id } = await stripe.invoices.create({ customer, currency: "sek" });
      const lines = [{ amount: 4900, description: "An hour" }, { amount: 900 }];
      const { data } = (await stripe.invoices.addLines(id, { lines })).lines;
      const [first = "", second = ""] = data.map((line) => line.id);
      await stripe.invoices.updateLineItem(id, first, { description: "Two hours", quantity: 2 });
      await stripe.invoices.updateLines(id, { lines: [{ id: second, amount: 700 }] });
      await stripe.invoices.removeLines(id, { lines: [{ id: second, behavior: "unassign" }] });
    },
  },
  {
    tells: "a customer's balance is set, explained, and used up by invoices",
    async live(shop) {
      const { stripe, emulator } = shop;
      const { id } = await customerWithCard(shop, "pm_card_visa");
      const credit = { amount: -5000, currency: "sek", description: "Sorry" };
      const given = await stripe.customers.createBalanceTransaction(id, credit);
      await stripe.customers.updateBalanceTransaction(id, given.id, { metadata: { by: "ada" } });
      await stripe.customers.retrieveBalanceTransaction(id, given.id);
      await stripe.invoiceItems.create({ customer: id, amount: 4900, currency: "sek" });
      const { id: invoice } = await stripe.invoices.create({
        customer: id,
        pending_invoice_items_behavior: "include",
      });
      await stripe.invoices.finalizeInvoice(invoice);
      await emulator.clock.advance(DAY);
      await stripe.customers.listBalanceTransactions(id, { expand: ["data.customer", "data.invoice"] });
      await stripe.customers.update(id, { balance: 900 });
    },
  },
];
