import type { Page } from "playwright-core";
import type { Screen } from "../screen.ts";
import { type Shop, TRIAL, withShop } from "./open-emulator.ts";

function screen(name: string, about: string, show: (page: Page, shop: Shop) => Promise<unknown>): Screen {
  return {
    name,
    about,
    who: "visitor",
    tall: true,
    show: ({ page }) =>
      withShop(async (shop) => {
        await shop.buy(undefined, TRIAL);
        await show(page, shop);
        // What the page looks up by itself from here on would come from an emulator that has ended.
        await page.route("**", (route) => route.abort());
      }),
  };
}

/** The emulator's own pages, for those who develop. */
export const CONTROL_STATES: Screen[] = [
  screen("emulator-start", "The emulator's first page: checkouts, events, test cards", async (page, shop) => {
    await shop.checkout();
    await page.goto(shop.emulator.url);
  }),
  screen(
    "emulator-control",
    "Control: the clock, test clocks, snapshots, what was sent",
    async (page, { emulator, client }) => {
      const frozen_time = String(Math.floor(emulator.clock.now() / 1000));
      await client.post("test_helpers/test_clocks", { frozen_time, name: "A year of Anna" });
      await client.control("snapshots", { name: "before the renewal" });
      await page.goto(`${emulator.url}/control`);
    },
  ),
  screen(
    "emulator-control-rules",
    "Control: things go wrong on purpose, and events are held",
    async (page, { emulator, client }) => {
      emulator.chaos.set({
        rules: [
          { fault: "drop", probability: 0.1, only: ["invoice.*"] },
          { fault: "twin", next: 3 },
          { fault: "lost_answer", next: 1, only: ["POST /v1/checkout/sessions"] },
        ],
      });
      await client.post("customers", { email: "bo@example.com" });
      await emulator.settled();
      emulator.setDelivery({ hold: true });
      await client.post("customers", { email: "eva@example.com" });
      await page.goto(`${emulator.url}/control`);
    },
  ),
  screen("emulator-deliveries", "Control: a delivery with every attempt", async (page, { emulator }) => {
    await emulator.clock.advance(2_000);
    await emulator.clock.advance(5_000);
    await page.goto(`${emulator.url}/control?status=succeeded`);
    await page.locator("#deliveries summary", { hasText: "invoice.paid" }).click();
  }),
  screen(
    "emulator-event",
    "An event: where it went, and what it says word for word",
    async (page, { emulator }) => {
      const event = emulator.events().find(({ type }) => type === "customer.subscription.created");
      await page.goto(`${emulator.url}/control/events/${event?.id}`);
    },
  ),
];
