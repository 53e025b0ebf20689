import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buy, openShop, refusal, type Shop } from "../../test/shop.ts";

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
});
afterAll(() => shop.close());

async function bought(from = shop, card?: string) {
  const { subscription, customer } = await buy(from, card === undefined ? {} : { card });
  const { data } = await from.stripe.charges.list({ customer: customer.id });
  await from.emulator.settled();
  from.heard();
  return { subscription, charge: String(data[0]?.id) };
}

async function heard(work: () => unknown): Promise<string[]> {
  await work();
  await shop.emulator.settled();
  return shop.heard();
}

describe("disputes", () => {
  it("take the money back at once, and give it again when won; the subscription stays", async () => {
    const { subscription, charge } = await bought();
    let id = "";
    expect(
      await heard(() => {
        id = shop.emulator.dispute(charge, { reason: "subscription_canceled" });
      }),
    ).toEqual(["charge.dispute.created", "charge.dispute.funds_withdrawn"]);
    const dispute = await shop.stripe.disputes.retrieve(id, { expand: ["charge"] });
    expect(dispute).toMatchObject({
      reason: "subscription_canceled",
      status: "needs_response",
      amount: 3900,
    });
    expect(dispute).not.toHaveProperty("customer");
    expect(dispute.charge).toMatchObject({ id: charge, disputed: true });
    const evidence = { uncategorized_text: "They used it every day." };
    expect(await heard(() => shop.stripe.disputes.update(id, { evidence }))).toEqual([
      "charge.dispute.updated",
    ]);
    expect((await shop.stripe.disputes.retrieve(id)).status).toBe("under_review");
    expect(await heard(() => shop.emulator.closeDispute(id, "won"))).toEqual([
      "charge.dispute.funds_reinstated",
      "charge.dispute.closed",
    ]);
    expect((await shop.stripe.disputes.retrieve(id)).status).toBe("won");
    expect((await shop.stripe.subscriptions.retrieve(subscription.id)).status).toBe("active");
    expect(() => shop.emulator.closeDispute(id, "lost")).toThrow("no open dispute");
    expect(() => shop.emulator.dispute(charge)).toThrow("disputed already");
  });

  it("are lost when accepted, and through the control API", async () => {
    const { charge } = await bought();
    const call = async (path: string, body: object) => {
      const init = {
        method: "POST",
        body: JSON.stringify(body),
        headers: { "content-type": "application/json" },
      };
      return (await fetch(`${shop.emulator.url}/_emulator/disputes${path}`, init)).json();
    };
    const opened = (await call("", { charge })) as { id: string };
    expect(opened).toMatchObject({ reason: "fraudulent", charge });
    expect(await call(`/${opened.id}/close`, { outcome: "draw" })).toHaveProperty("error");
    expect(await call(`/${opened.id}/close`, { outcome: "lost" })).toMatchObject({ status: "lost" });
    await shop.emulator.settled();
    expect(shop.heard()).toEqual([
      "charge.dispute.created",
      "charge.dispute.funds_withdrawn",
      "charge.dispute.closed",
    ]);
    expect((await refusal(shop.stripe.disputes.close(opened.id))).message).toContain("already closed");
    const { data } = await shop.stripe.disputes.list({ charge });
    expect(data.map(({ status }) => status)).toEqual(["lost"]);
  });

  it("come by themselves with the cards made for it; an inquiry takes nothing", async () => {
    await bought(shop, "4000000000000259");
    expect(await heard(() => shop.emulator.clock.advance(1_000))).toEqual(
      expect.arrayContaining(["charge.dispute.created", "charge.dispute.funds_withdrawn"]),
    );
    await bought(shop, "4000000000001976");
    const inquiry = await heard(() => shop.emulator.clock.advance(1_000));
    expect(inquiry).toContain("charge.dispute.created");
    expect(inquiry).not.toContain("charge.dispute.funds_withdrawn");
    const [open] = (await shop.stripe.disputes.list({ limit: 1 })).data;
    expect(await heard(() => shop.emulator.closeDispute(String(open?.id), "lost"))).toEqual(
      expect.arrayContaining(["charge.dispute.closed"]),
    );
    expect((await shop.stripe.disputes.retrieve(String(open?.id))).status).toBe("warning_closed");
  });

  it("end the subscription where the settings say so", async () => {
    const other = await openShop({ settings: { disputeCancels: true } });
    const { subscription, charge } = await bought(other);
    other.emulator.dispute(charge);
    expect(await other.stripe.subscriptions.retrieve(subscription.id)).toMatchObject({
      status: "canceled",
      cancellation_details: { reason: "payment_disputed" },
    });
    await other.close();
  });
});
