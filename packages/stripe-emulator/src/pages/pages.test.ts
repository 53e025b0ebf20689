import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buy, DAY, openCheckout, openShop, type Shop } from "../../test/shop.ts";

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
});
afterAll(() => shop.close());

const CARD = {
  cardNumber: "4242 4242 4242 4242",
  cardExpiry: "12 / 30",
  cardCvc: "123",
  billingName: "Ada",
  billingCountry: "SE",
};

async function page(path: string): Promise<{ status: number; text: string; headers: Headers; url: string }> {
  const response = await fetch(path.startsWith("http") ? path : `${shop.emulator.url}${path}`, {
    redirect: "manual",
  });
  return {
    status: response.status,
    text: await response.text(),
    headers: response.headers,
    url: String(response.headers.get("location")),
  };
}

/** As the page's script sends it. */
async function submit(url: string | null, fields: Record<string, string>): Promise<Record<string, unknown>> {
  const response = await fetch(String(url), {
    method: "POST",
    headers: { accept: "application/json" },
    body: new URLSearchParams(fields),
  });
  return (await response.json()) as Record<string, unknown>;
}

/** As a browser without scripts sends it. */
async function post(
  url: string,
  fields: Record<string, string> = {},
): Promise<{ status: number; to: string; text: string }> {
  const response = await fetch(url, {
    method: "POST",
    redirect: "manual",
    body: new URLSearchParams(fields),
  });
  return {
    status: response.status,
    to: String(response.headers.get("location")),
    text: await response.text(),
  };
}

describe("the hosted checkout page", () => {
  it("says what is bought, for how much and when", async () => {
    const { session } = await openCheckout(shop, { subscription_data: { trial_period_days: 5 } });
    const { status, text } = await page(String(session.url));
    expect(status).toBe(200);
    for (const part of [
      "Test mode",
      "LiveAssist Permission",
      "5 days free",
      "39,00\u00a0kr per month",
      "Total due today",
      "0,00\u00a0kr",
      "5 February 2026",
      "ada@example.com",
      "Start trial",
    ]) {
      expect(text).toContain(part);
    }
    expect((await page(String((await openCheckout(shop)).session.url))).text).toContain(
      "Subscribe to LiveAssist Permission",
    );
  });

  it("loads nothing from elsewhere and runs only its own script", async () => {
    const { session } = await openCheckout(shop);
    const { text, headers } = await page(String(session.url));
    const policy = String(headers.get("content-security-policy"));
    const nonce = /script-src 'nonce-([^']+)'/.exec(policy)?.[1];
    expect(policy).toContain("default-src 'none'");
    expect(text).toContain(`<script nonce="${nonce}">`);
    expect(text.match(/(src|href)="(?!data:|http:\/\/shop\.example)[^"]*"/g)).toBeNull();
    expect((await page(String(session.url))).headers.get("content-security-policy")).not.toBe(policy);
  });

  it("escapes what it shows", async () => {
    const customer = await shop.stripe.customers.create({ email: '<b>"x"</b>@example.com' });
    const { session } = await openCheckout(shop, { customer: customer.id });
    const { text } = await page(String(session.url));
    expect(text).toContain("&lt;b&gt;&quot;x&quot;&lt;/b&gt;@example.com");
  });

  it("names every field that is wrong, and charges nothing", async () => {
    const { session } = await openCheckout(shop);
    expect(await submit(session.url, {})).toMatchObject({
      next: "stay",
      errors: {
        cardNumber: "Enter your card number.",
        cardExpiry: "Enter the expiry date.",
        cardCvc: "Enter the security code.",
        billingName: "Enter the name on the card.",
      },
    });
    expect(await submit(session.url, { ...CARD, cardNumber: "4242424242424241" })).toMatchObject({
      errors: { cardNumber: "Your card number is invalid." },
    });
    expect(await submit(session.url, { ...CARD, cardExpiry: "12 / 25" })).toMatchObject({
      errors: { cardExpiry: "Your card's expiration date is in the past." },
    });
    expect(await submit(session.url, { ...CARD, cardNumber: "4000000000009995" })).toEqual({
      next: "stay",
      problem: "Your card has insufficient funds.",
    });
    expect((await page(String(session.url))).text).toContain("Your card has insufficient funds.");
  });

  it("pays once, even when submitted twice at the same time, and leads both to the shop", async () => {
    const { session, customer } = await openCheckout(shop);
    const url = `http://shop.example/return?session_id=${session.id}`;
    const answers = await Promise.all([
      submit(session.url, CARD),
      submit(session.url, CARD),
      submit(session.url, CARD),
    ]);
    expect(answers).toEqual(Array(3).fill({ next: "go", url }));
    expect((await shop.stripe.charges.list({ customer: customer.id })).data).toHaveLength(1);
    const again = await page(String(session.url));
    expect(again.text).toContain("already completed");
  });

  it("leads through the bank's page for 3-D Secure", async () => {
    const { session } = await openCheckout(shop, { subscription_data: { trial_period_days: 5 } });
    const secure = { ...CARD, cardNumber: "4000002500003155" };
    const first = String((await submit(session.url, secure))["url"]);
    expect((await page(first)).text).toContain("Complete authentication");
    const failed = await post(`${shop.emulator.url}${first}`, { answer: "fail" });
    expect(failed).toMatchObject({ status: 303, to: `/c/pay/${session.id}` });
    expect((await page(failed.to)).text).toContain("unable to authenticate");
    const second = String((await submit(session.url, secure))["url"]);
    expect((await post(`${shop.emulator.url}${first}`, { answer: "complete" })).to).toBe(
      `/c/pay/${session.id}`,
    );
    expect((await post(`${shop.emulator.url}${second}`, { answer: "complete" })).to).toBe(
      `http://shop.example/return?session_id=${session.id}`,
    );
  });

  it("works without scripts", async () => {
    const { session } = await openCheckout(shop);
    const refused = await post(String(session.url), { ...CARD, cardCvc: "1" });
    expect(refused.text).toContain("security code is incomplete");
    expect(refused.text).toContain('value="Ada"');
    expect((await post(String(session.url), CARD)).to).toContain(
      "http://shop.example/return?session_id=cs_test_",
    );
  });

  it("asks for no card where none is needed, for an e-mail where none is known, for consent where it is required", async () => {
    const { price } = await openCheckout(shop);
    const session = await shop.stripe.checkout.sessions.create({
      mode: "subscription",
      line_items: [{ price: price.id }],
      success_url: "http://shop.example/",
      payment_method_collection: "if_required",
      subscription_data: { trial_period_days: 5 },
      consent_collection: { terms_of_service: "required" },
    });
    const { text } = await page(String(session.url));
    expect(text).toContain("No card is needed");
    expect(text).not.toContain('id="cardNumber"');
    const { errors } = await submit(session.url, {});
    expect(Object.keys(errors as object)).toEqual(["email", "termsOfServiceConsentCheckbox"]);
    await submit(session.url, { email: "new@example.com", termsOfServiceConsentCheckbox: "true" });
    const done = await shop.stripe.checkout.sessions.retrieve(session.id, { expand: ["customer"] });
    expect(done).toMatchObject({
      status: "complete",
      consent: { terms_of_service: "accepted" },
      customer: { email: "new@example.com" },
    });
  });

  it("has its own pages for what is over or never was", async () => {
    expect((await page("/c/pay/cs_test_none")).status).toBe(404);
    const { session } = await openCheckout(shop);
    await shop.stripe.checkout.sessions.expire(session.id);
    const expired = await page(`/c/pay/${session.id}`);
    expect(expired.status).toBe(410);
    expect(expired.text).toContain('href="http://shop.example/cancelled"');
    expect((await page("/")).text).toContain("4000 0000 0000 9995");
    expect((await page("/")).text).toContain("3782 822463 10005");
  });

  it("waits for the shop's answer before it leads on", async () => {
    let release = () => {};
    const server = createServer((_request, response) => {
      release = () => response.writeHead(200).end();
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const endpoint = shop.emulator.addEndpoint(
      `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
      { enabledEvents: ["checkout.session.completed"] },
    );
    const { session } = await openCheckout(shop);
    let ledOn = false;
    const submitted = submit(session.url, CARD).then((answer) => {
      ledOn = true;
      return answer;
    });
    await expect
      .poll(() => shop.received.some(({ data }) => (data.object as { id?: string }).id === session.id))
      .toBe(true);
    expect((await shop.stripe.checkout.sessions.retrieve(session.id)).status).toBe("complete");
    expect(ledOn).toBe(false);
    release();
    expect((await submitted)["next"]).toBe("go");
    shop.emulator.removeEndpoint(endpoint.id);
    await new Promise((resolve) => server.close(resolve));
  });
});

describe("the customer portal", () => {
  it("cancels at the period's end with cancel_at alone, and takes it back", async () => {
    const { subscription, customer } = await buy(shop, { subscription_data: { trial_period_days: 5 } });
    const portal = await shop.stripe.billingPortal.sessions.create({
      customer: customer.id,
      return_url: "http://shop.example/settings",
    });
    expect(portal.url).toMatch(/\/p\/session\/bps_/);
    const { text } = await page(portal.url);
    for (const part of [
      "LiveAssist Permission",
      "trialing",
      "•••• 4242",
      'href="http://shop.example/settings"',
    ])
      expect(text).toContain(part);
    const base = `${portal.url}/subscriptions/${subscription.id}`;
    expect((await page(`${base}/cancel`)).text).toContain("5 February 2026");
    expect((await post(`${base}/cancel`)).status).toBe(303);
    await post(`${base}/cancel`);
    expect(await shop.stripe.subscriptions.retrieve(subscription.id)).toMatchObject({
      cancel_at: subscription.trial_end,
      cancel_at_period_end: false,
      status: "trialing",
    });
    await shop.emulator.settled();
    expect(shop.heard().filter((type) => type === "customer.subscription.updated")).toHaveLength(1);
    await post(`${base}/renew`);
    expect((await shop.stripe.subscriptions.retrieve(subscription.id)).cancel_at).toBeNull();
  });

  it("changes the card and shows receipts", async () => {
    const { subscription, customer } = await buy(shop);
    const portal = await shop.stripe.billingPortal.sessions.create({ customer: customer.id });
    expect(await submit(`${portal.url}/card`, { ...CARD, cardNumber: "4000000000000002" })).toMatchObject({
      problem: "Your card was declined.",
    });
    expect(await submit(`${portal.url}/card`, { ...CARD, cardNumber: "5555555555554444" })).toMatchObject({
      next: "go",
    });
    const after = await shop.stripe.subscriptions.retrieve(subscription.id, {
      expand: ["default_payment_method", "latest_invoice"],
    });
    expect(after.default_payment_method).toMatchObject({ card: { brand: "mastercard", last4: "4444" } });
    const { text } = await page(portal.url);
    expect(text).toContain("Mastercard •••• 4444");
    const invoice = after.latest_invoice as { hosted_invoice_url?: string };
    expect((await page(String(invoice.hosted_invoice_url))).text).toContain("39,00\u00a0kr");
  });

  it("opens flows of its own, and only for a while", async () => {
    const { subscription, customer } = await buy(shop);
    const flow = await shop.stripe.billingPortal.sessions.create({
      customer: customer.id,
      flow_data: {
        type: "subscription_cancel",
        subscription_cancel: { subscription: subscription.id },
        after_completion: { type: "redirect", redirect: { return_url: "http://shop.example/done" } },
      },
    });
    expect((await page(flow.url)).url).toContain(`/subscriptions/${subscription.id}/cancel`);
    expect((await post(`${flow.url}/subscriptions/${subscription.id}/cancel`)).to).toBe(
      "http://shop.example/done",
    );
    await shop.emulator.clock.advance(DAY);
    expect((await page(flow.url)).status).toBe(404);
    expect((await shop.stripe.billingPortal.configurations.list({ is_default: true })).data).toHaveLength(1);
  });
});
