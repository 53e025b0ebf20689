import Stripe from "stripe";
import { refused, type Story } from "../story.ts";

export const webhookStories: Story[] = [
  {
    tells: "endpoints are registered, changed and removed, and events are looked up",
    async live({ stripe, hookUrl }) {
      const endpoint = await stripe.webhookEndpoints.create({
        url: hookUrl,
        enabled_events: ["customer.deleted"],
        api_version: Stripe.API_VERSION,
        description: "The second",
        metadata: { of: "shapes" },
      });
      await stripe.webhookEndpoints.update(endpoint.id, { disabled: true, enabled_events: ["*"] });
      await stripe.webhookEndpoints.del(endpoint.id);
      await stripe.customers.create({ email: "ada@example.com" });
      await stripe.events.list({ type: "customer.created", delivery_success: false });
      await refused(stripe.events.retrieve("evt_nobody"));
      await refused(stripe.webhookEndpoints.create({ url: "nowhere", enabled_events: ["*"] }));
      await refused(stripe.customers.list({ limit: 1000 }));
      await refused(stripe.customers.create({ colour: "red" } as Stripe.CustomerCreateParams));
    },
  },
];
