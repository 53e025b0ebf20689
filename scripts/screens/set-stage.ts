import type { BrowserContext, Page } from "playwright-core";
import type { Pretend, Stage } from "./screen.ts";

/** Makes a fresh tab of someone's browser ready for one screen. */
export async function setStage(
  context: BrowserContext,
  { url, email }: { url: string; email: string },
): Promise<Stage> {
  const page = await context.newPage();
  return {
    page,
    url,
    email,
    open: async (path, pretend) => {
      if (pretend) await pretendThat(page, pretend);
      await page.goto(url + path);
    },
    refuse: async (address, code, status = 400) => {
      await page.route(address, (route) => {
        if (code === undefined) return route.abort("internetdisconnected");
        const contract = { error: "refused", code, message: "Refused." };
        return route.fulfill({
          status,
          json: { error: { message: "Refused.", code: -32_000, data: { contract } } },
        });
      });
    },
    stall: async (address) => {
      await page.route(address, () => new Promise(() => {}));
    },
  };
}

/** Changes what the server says about the subscription, in every answer that tells it. */
async function pretendThat(page: Page, pretend: Pretend): Promise<void> {
  const premium = pretend.subscription_status !== undefined && pretend.subscription_status !== "free";
  const { trial_available } = pretend;
  await page.route("**/trpc/subscription.{status,confirm,refresh}*", async (route) => {
    const answer = await route.fetch();
    const body = await answer.json();
    const { data } = body.result ?? { data: await statusOf(page) };
    const usage = premium ? { ...data.usage, image_limit: null } : data.usage;
    await route.fulfill({ status: 200, json: { result: { data: { ...data, usage, ...pretend } } } });
  });
  await page.route("**/trpc/subscription.offer*", async (route) => {
    const answer = await route.fetch();
    const body = await answer.json();
    const data = { ...body.result.data, ...(trial_available === undefined ? {} : { trial_available }) };
    await route.fulfill({ json: { result: { data } } });
  });
  await page.route("**/api/users/me", async (route) => {
    const answer = await route.fetch();
    const me = await answer.json();
    const { subscription_status, stripe_status, subscription_expiry, cancel_at, trial_ends_at } = pretend;
    const told = { subscription_status, stripe_status, subscription_expiry, cancel_at, trial_ends_at };
    const known = Object.fromEntries(Object.entries(told).filter(([, value]) => value !== undefined));
    const entitlements = { ...me.entitlements, premium_badge: premium };
    const xp = subscription_status === "paid" ? 250 : 0;
    await route.fulfill({ json: { ...me, ...known, xp, entitlements } });
  });
}

async function statusOf(page: Page): Promise<Record<string, unknown>> {
  const answer = await page.context().request.get(`${new URL(page.url()).origin}/api/subscriptions/status`);
  return (await answer.json()) as Record<string, unknown>;
}
