import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { makePrice, openCheckout, openShop, type Shop } from "../../test/shop.ts";
import { CARD, send, sendAndFollow, sendByScript, visit } from "../../test/visit-page.ts";

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
});
afterAll(() => shop.close());

const TRIAL = { subscription_data: { trial_period_days: 5 } };
const SEK = "\u00a0kr";

async function open(params: Parameters<typeof openCheckout>[1] = {}): Promise<string> {
  return String((await openCheckout(shop, params)).session.url);
}

describe("a promotion code on the page", () => {
  beforeEach(async () => {
    if ((await shop.stripe.promotionCodes.list({ code: "AUTUMN20" })).data.length > 0) return;
    const coupon = await shop.stripe.coupons.create({
      percent_off: 20,
      duration: "repeating",
      duration_in_months: 3,
    });
    const promotion = { type: "coupon", coupon: coupon.id } as const;
    await shop.stripe.promotionCodes.create({ code: "AUTUMN20", promotion });
  });

  it("is asked for only where the shop allows it", async () => {
    expect((await visit(await open())).text).not.toContain('id="promotionCode"');
    expect((await visit(await open({ allow_promotion_codes: true }))).text).toContain('id="promotionCode"');
  });

  it("takes off at once, whatever its case, is told, and can be taken off again", async () => {
    const url = await open({ allow_promotion_codes: true });
    const applied = await sendAndFollow(`${url}/promotion-code`, { promotionCode: "autumn20" });
    expect(applied.text).toContain('id="promotionCodeTag"');
    expect(applied.text).toContain("20% off for 3 months");
    expect(applied.text).toContain(`id="totalDueToday">31,20${SEK}<`);
    expect(applied.text).toContain(`39,00${SEK} per month when the discount ends`);
    expect(applied.text).toContain(
      `You pay 31,20${SEK} per month, starting today, and 39,00${SEK} per month when the discount ends, until you cancel.`,
    );
    expect(applied.text).toContain("Promotion code AUTUMN20 is applied.");
    const removed = await sendAndFollow(`${url}/promotion-code/remove`);
    expect(removed.text).toContain(`id="totalDueToday">39,00${SEK}<`);
    expect(removed.text).toContain("The promotion code was removed.");
  });

  it("counts from the first charge of a trial", async () => {
    const url = await open({ ...TRIAL, allow_promotion_codes: true });
    const { text } = await sendAndFollow(`${url}/promotion-code`, { promotionCode: "AUTUMN20" });
    expect(text).toContain(`id="totalDueToday">0,00${SEK}<`);
    expect(text).toContain(`Then 31,20${SEK} per month, starting 5 February 2026`);
  });

  it("for one payment leaves the sentence beneath the button with both prices", async () => {
    const coupon = await shop.stripe.coupons.create({ percent_off: 50, duration: "once" });
    const url = await open({ discounts: [{ coupon: coupon.id }], locale: "sv" });
    expect((await visit(url)).text).toContain(
      `Du betalar 19,50${SEK} i dag, därefter 39,00${SEK} per månad, tills du säger upp.`,
    );
  });

  it("is refused with the reason, in the page's language, and stays typed through a reload", async () => {
    const url = await open({ allow_promotion_codes: true, locale: "sv" });
    const { to } = await send(`${url}/promotion-code`, { promotionCode: '<i>"no' });
    for (const page of [await visit(new URL(to, url).href), await visit(new URL(to, url).href)]) {
      expect(page.text).toContain("Koden är ogiltig.");
      expect(page.text).toContain('value="&lt;i&gt;&quot;no"');
    }
    expect((await sendAndFollow(`${url}/promotion-code`)).text).toContain("Ange en kampanjkod.");
  });

  it("says nothing that an address makes up", async () => {
    const url = await open({ allow_promotion_codes: true });
    const { text } = await visit(`${url}?promotion=refused&code=x&reason=Call+0800`);
    expect(text).toContain("This code is invalid.");
    expect(text).not.toContain("Call 0800");
    const made = await visit(`${url}?promotion=applied`);
    expect(made.status).toBe(200);
    expect(made.text).not.toContain("is applied");
  });
});

describe("what a checkout asks for", () => {
  it("speaks Swedish in full", async () => {
    const url = await open({ ...TRIAL, locale: "sv" });
    const { text } = await visit(url);
    for (const part of [
      '<html lang="sv">',
      "Testläge",
      "Prova LiveAssist Permission",
      "5 dagar gratis",
      `Därefter 39,00${SEK} per månad, från och med 5 februari 2026`,
      "Att betala i dag",
      "Starta provperiod",
      "Sverige",
    ])
      expect(text).toContain(part);
    expect(text).not.toMatch(/Contact information|Card number|Start trial|Total due/);
    expect(await sendByScript(url, {})).toMatchObject({ errors: { cardNumber: "Ange ditt kortnummer." } });
    expect(await sendByScript(url, { ...CARD, cardNumber: "4000000000009995" })).toEqual({
      next: "stay",
      problem: "Ditt kort saknar täckning.",
    });
    const next = await sendByScript(url, { ...CARD, cardNumber: "4000002500003155" });
    const bank = await visit(new URL(String(next["url"]), url).href);
    expect(bank.text).toContain("Bekräfta hos din bank");
  });

  it("follows the browser when the shop leaves the language open", async () => {
    const url = await open({ locale: "auto" });
    expect((await visit(url, "sv-SE,sv;q=0.9,en;q=0.5")).text).toContain("Prenumerera på");
    expect((await visit(url, "fi-FI")).text).toContain("Subscribe to");
  });

  it("says for a single payment what it takes, by its kind", async () => {
    const price = await shop.stripe.prices.create({
      currency: "sek",
      unit_amount: 3000,
      product_data: { name: "Photo restoration" },
    });
    const single = { mode: "payment" as const, line_items: [{ price: price.id, quantity: 2 }] };
    const { text } = await visit(await open(single));
    expect(text).toContain(`Pay 60,00${SEK}`);
    expect(text).toContain(`Qty 2, 30,00${SEK} each`);
    expect(text).not.toContain("until you cancel");
    expect((await visit(await open({ ...single, submit_type: "donate" }))).text).toContain("Donate 60,00");
  });

  it("saves a card without a word of money in setup mode", async () => {
    const customer = await shop.stripe.customers.create({ email: "ada@example.com" });
    const session = await shop.stripe.checkout.sessions.create({
      mode: "setup",
      currency: "sek",
      customer: customer.id,
      success_url: "http://shop.example/saved",
    });
    const { text } = await visit(String(session.url));
    expect(text).toContain("Save card");
    expect(text).not.toContain("totalDueToday");
    expect((await sendByScript(String(session.url), CARD))["url"]).toBe("http://shop.example/saved");
  });

  it("debits a bank account where the shop offers it, and says what is wrong with one", async () => {
    const price = await shop.stripe.prices.create({
      currency: "eur",
      unit_amount: 900,
      recurring: { interval: "month" },
      product_data: { name: "Premium" },
    });
    const line_items = [{ price: price.id, quantity: 1 }];
    const { session } = await openCheckout(shop, {
      line_items,
      allowed_payment_method_types: ["card", "sepa_debit"],
    });
    const url = String(session.url);
    expect((await visit(url)).text).toContain("SEPA Direct Debit");
    const bank = { payment_method_type: "sepa_debit", iban: "DE89 3704 0044 0532 0130 01", accountName: "" };
    expect(await sendByScript(url, bank)).toMatchObject({
      errors: {
        iban: "The IBAN you entered is invalid.",
        accountName: "Enter the name of the account holder.",
      },
    });
    const good = { ...bank, iban: "de89 3704 0044 0532 0130 00", accountName: "Ada" };
    expect(await sendByScript(url, good)).toMatchObject({ next: "go" });
    const [method] = (await shop.stripe.paymentMethods.list({ customer: String(session.customer) })).data;
    expect(method).toMatchObject({ type: "sepa_debit", billing_details: { name: "Ada" } });
    expect((await visit(await open())).text).not.toContain('id="iban"');
  });

  it("shows the shop's own words, with its links and nothing else of its markup", async () => {
    const message =
      "By paying you accept [our terms](https://shop.example/terms). <b>Really</b> [x](javascript:1)";
    const { text } = await visit(await open({ custom_text: { submit: { message } } }));
    expect(text).toContain('<a href="https://shop.example/terms" rel="noreferrer">our terms</a>');
    expect(text).toContain("&lt;b&gt;Really&lt;/b&gt; [x](javascript:1)");
  });

  it("still knows after the bank's page what was typed before it", async () => {
    const { id, url } = await shop.stripe.checkout.sessions.create({
      mode: "subscription",
      line_items: [{ price: (await makePrice(shop)).id, quantity: 1 }],
      success_url: "http://shop.example/return",
    });
    const fields = {
      ...CARD,
      cardNumber: "4000002760003184",
      billingCountry: "NO",
      email: "eva@example.com",
    };
    const challenge = async () => {
      const { url: bank } = await sendByScript(String(url), fields);
      return new URL(String(bank), String(url)).href;
    };
    const { text } = await sendAndFollow(await challenge(), { answer: "fail" });
    expect(text).toContain("We are unable to authenticate your payment method.");
    expect(text).toContain('value="eva@example.com"');
    expect(text).toContain('value="Ada"');
    expect(text).toContain('<option value="NO" selected');
    expect(text).not.toContain("4000 0027");
    await send(await challenge(), { answer: "complete" });
    const paid = await shop.stripe.checkout.sessions.retrieve(id, { expand: ["customer"] });
    expect(paid.customer_details?.email).toBe("eva@example.com");
    expect(paid.customer).toMatchObject({ email: "eva@example.com" });
  });

  it("has a way to the shop in every page that is over", async () => {
    const url = await open();
    await sendByScript(url, CARD);
    const done = await visit(url, "sv");
    expect(done.text).toContain("Köpet är redan slutfört");
    expect(done.text).toContain('href="http://shop.example/return?session_id=cs_test_');
  });
});
