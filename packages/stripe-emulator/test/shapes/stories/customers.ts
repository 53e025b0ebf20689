import { customerWithCard, refused, type Story } from "../story.ts";

const ADDRESS = {
  city: "Lund",
  country: "SE",
  line1: "Storgatan 1",
  line2: "",
  postal_code: "22100",
  state: "",
};

export const customerStories: Story[] = [
  {
    tells: "customers are made with and without all they can have, changed, and deleted",
    async live(shop) {
      const { stripe } = shop;
      await stripe.customers.create();
      const ada = await stripe.customers.create({
        email: "ada@example.com",
        name: "Ada",
        phone: "+46701234567",
        description: "The first",
        address: ADDRESS,
        shipping: { name: "Ada", phone: "+46701234567", address: ADDRESS },
        preferred_locales: ["sv"],
        tax_exempt: "reverse",
        metadata: { userId: "u1" },
      });
      await stripe.customers.update(ada.id, {
        name: "",
        address: { city: "Malmö" },
        metadata: { userId: "" },
      });
      await stripe.customers.retrieve(ada.id, { expand: ["subscriptions", "sources", "tax"] });
      const { id } = await customerWithCard(shop, "pm_card_mastercard");
      const [card] = (await stripe.customers.listPaymentMethods(id)).data;
      await stripe.paymentMethods.list({ customer: id, type: "card" });
      await stripe.paymentMethods.retrieve(card?.id ?? "", { expand: ["customer"] });
      await stripe.paymentMethods.detach(card?.id ?? "");
      await stripe.customers.del(id);
      await stripe.customers.retrieve(id);
      await refused(stripe.customers.update(id, { name: "Nobody" }));
      await refused(stripe.paymentMethods.attach("pm_card_chargeDeclined", { customer: ada.id }));
      await stripe.accounts.retrieveCurrent();
    },
  },
];
