import { buy } from "../../shop.ts";
import { refused, type Story } from "../story.ts";

export const portalStories: Story[] = [
  {
    tells: "the portal is configured and opened in each of its ways",
    async live(shop) {
      const { stripe } = shop;
      const { customer, subscription } = await buy(shop);
      const configuration = await stripe.billingPortal.configurations.create({
        features: {
          invoice_history: { enabled: true },
          payment_method_update: { enabled: true },
          subscription_cancel: { enabled: true, mode: "immediately" },
        },
        business_profile: { headline: "LiveAssist", privacy_policy_url: "http://shop.example/privacy" },
        default_return_url: "http://shop.example/account",
        metadata: { kind: "first" },
      });
      await stripe.billingPortal.configurations.update(configuration.id, { name: "The first", active: true });
      const whose = { customer: customer.id, return_url: "http://shop.example/account" };
      await stripe.billingPortal.sessions.create(whose);
      await stripe.billingPortal.sessions.create({ ...whose, configuration: configuration.id, locale: "sv" });
      await stripe.billingPortal.sessions.create({
        ...whose,
        flow_data: { type: "payment_method_update", after_completion: { type: "portal_homepage" } },
      });
      await stripe.billingPortal.sessions.create({
        ...whose,
        flow_data: {
          type: "subscription_cancel",
          subscription_cancel: { subscription: subscription.id },
          after_completion: { type: "redirect", redirect: { return_url: "http://shop.example/bye" } },
        },
      });
      await refused(stripe.billingPortal.sessions.create({ customer: "cus_nobody" }));
    },
  },
];
