import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buy, DAY, openShop, type Shop } from "../../test/shop.ts";
import { CARD, send, sendByScript, visit } from "../../test/visit-page.ts";

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
});
afterAll(() => shop.close());

/** The invoice that a card left open. */
async function openInvoice(): Promise<{ id: string; url: string; customer: string }> {
  const trial = { card: "4000000000000341", subscription_data: { trial_period_days: 1 } };
  const { customer } = await buy(shop, trial);
  await shop.emulator.clock.advance(2 * DAY);
  const [invoice] = (await shop.stripe.invoices.list({ customer: customer.id, status: "open" })).data;
  return { id: String(invoice?.id), url: String(invoice?.hosted_invoice_url), customer: customer.id };
}

describe("a hosted invoice", () => {
  it("says from whom, to whom and for what, and takes a new card", async () => {
    const { id, url } = await openInvoice();
    const { text } = await visit(url);
    for (const part of ["Pay 39,00\u00a0kr", "Billed to", "ada@example.com", 'id="pay-saved"', "Due now"])
      expect(text).toContain(part);
    expect(await sendByScript(`${url}/pay`, { ...CARD, cardNumber: "4000000000000002" })).toEqual({
      next: "stay",
      problem: "Your card was declined.",
    });
    expect((await send(`${url}/pay-saved`)).text).toContain("Your card was declined.");
    expect(await sendByScript(`${url}/pay`, CARD)).toEqual({ next: "go", url: `/invoices/${id}` });
    expect((await visit(url)).text).toContain("Invoice paid");
  });

  it("and the portal know which cards are past by the clock their customer lives by", async () => {
    const { testHelpers, customers, invoices, invoiceItems, billingPortal } = shop.stripe;
    const frozen_time = Date.UTC(2035, 0, 15) / 1000;
    const { id: test_clock } = await testHelpers.testClocks.create({ frozen_time });
    const { id: customer } = await customers.create({ test_clock });
    const draft = await invoices.create({ customer, collection_method: "send_invoice", days_until_due: 9 });
    await invoiceItems.create({ customer, invoice: draft.id, amount: 3900, currency: "sek" });
    const { hosted_invoice_url } = await invoices.finalizeInvoice(draft.id);
    const { url } = await billingPortal.sessions.create({ customer });
    for (const address of [String(hosted_invoice_url), `${url}/card`])
      expect((await visit(address)).text).toContain(`data-now="${frozen_time}"`);
  });

  it("asks for nothing when it is void, and says when it was written off", async () => {
    const gone = await openInvoice();
    await shop.stripe.invoices.voidInvoice(gone.id);
    const closed = await visit(`${shop.emulator.url}/invoices/${gone.id}`);
    expect(closed.text).toContain("there is nothing to pay");
    expect(closed.text).not.toContain('id="submit"');
    expect(closed.text).not.toContain("<dt>Due</dt>");
    const off = await openInvoice();
    await shop.stripe.invoices.markUncollectible(off.id);
    const page = await visit(`${shop.emulator.url}/invoices/${off.id}`);
    expect(page.text).toContain("no longer expects this invoice to be paid");
    expect(page.text).toContain('id="submit"');
  });

  it("is shown even when its due date was sent in milliseconds", async () => {
    const { customers, invoices } = shop.stripe;
    const { id: customer } = await customers.create({});
    const due_date = shop.emulator.clock.now() * 10;
    const { id } = await invoices.create({ customer, collection_method: "send_invoice", due_date });
    const url = `${shop.emulator.url}/invoices/${id}`;
    await shop.stripe.invoiceItems.create({ customer, invoice: id, amount: 500, currency: "sek" });
    await invoices.finalizeInvoice(id);
    expect((await visit(url)).status).toBe(200);
  });

  it("speaks its customer's language", async () => {
    const { url, customer } = await openInvoice();
    await shop.stripe.customers.update(customer, { preferred_locales: ["sv"] });
    expect((await visit(url, "en")).text).toContain("Att betala");
    expect((await send(`${url}/pay-saved`)).text).toContain("Ditt kort nekades.");
  });

  it("is what a charge's receipt shows; a payment without one has a receipt of its own", async () => {
    const { customer } = await buy(shop);
    const [charge] = (await shop.stripe.charges.list({ customer: customer.id })).data;
    expect((await visit(String(charge?.receipt_url))).text).toContain("Invoice paid");
    const intent = await shop.stripe.paymentIntents.create({
      amount: 3000,
      currency: "sek",
      confirm: true,
      payment_method: "pm_card_visa",
      automatic_payment_methods: { enabled: true, allow_redirects: "never" },
    });
    await shop.stripe.refunds.create({ payment_intent: intent.id, amount: 1000 });
    const single = await shop.stripe.charges.retrieve(String(intent.latest_charge));
    const { text } = await visit(String(single.receipt_url));
    expect(text).toContain("30,00\u00a0kr");
    expect(text).toContain("Refunded");
    expect((await visit(`${shop.emulator.url}/receipts/ch_none`)).status).toBe(404);
  });
});
