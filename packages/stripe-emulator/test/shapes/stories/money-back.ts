import { buy, DAY } from "../../shop.ts";
import { refused, type Story } from "../story.ts";

export const moneyBackStories: Story[] = [
  {
    tells: "a payment is refunded in part and then wholly",
    async live(shop) {
      const { stripe } = shop;
      await buy(shop);
      const [charge] = (await stripe.charges.list({ expand: ["data.customer"] })).data;
      const id = charge?.id ?? "";
      await stripe.refunds.create({ charge: id, amount: 900, reason: "requested_by_customer" });
      await stripe.refunds.create({ charge: id, metadata: { why: "all of it" } });
      const [refund] = (await stripe.refunds.list({ charge: id })).data;
      await stripe.refunds.update(refund?.id ?? "", { metadata: { why: "all of it, really" } });
      await refused(stripe.refunds.cancel(refund?.id ?? ""));
      await refused(stripe.refunds.create({ charge: id }));
      await stripe.charges.retrieve(id, { expand: ["refunds", "payment_intent", "balance_transaction"] });
    },
  },
  {
    tells: "refunds take a while, or fail",
    async live(shop) {
      for (const card of ["4000000000007726", "4000000000005126"]) await buy(shop, { card });
      const { data } = await shop.stripe.paymentIntents.list();
      for (const { id } of data) await shop.stripe.refunds.create({ payment_intent: id });
      await shop.emulator.clock.advance(60_000);
    },
  },
  {
    tells: "payments are disputed by cards and by hand: won, lost, accepted, and an inquiry",
    async live(shop) {
      const { stripe, emulator } = shop;
      for (const card of ["4000000000000259", "4000000000002685", "4000000000001976"])
        await buy(shop, { card });
      await buy(shop);
      await emulator.clock.advance(60_000);
      const [plain] = (await stripe.charges.list({ limit: 1 })).data;
      emulator.dispute(plain?.id ?? "", { reason: "product_not_received" });
      const { data } = await stripe.disputes.list({ expand: ["data.charge", "data.payment_intent"] });
      const [one, two, three, four] = data.map(({ id }) => id);
      await stripe.disputes.update(one ?? "", { evidence: { customer_name: "Ada" }, submit: false });
      await stripe.disputes.update(one ?? "", { metadata: { by: "eve" }, submit: true });
      await stripe.disputes.update(two ?? "", { evidence: { product_description: "Help" } });
      emulator.closeDispute(one ?? "", "won");
      emulator.closeDispute(two ?? "", "lost");
      await stripe.disputes.close(three ?? "");
      await stripe.disputes.retrieve(four ?? "");
      await emulator.clock.advance(DAY);
    },
  },
];
