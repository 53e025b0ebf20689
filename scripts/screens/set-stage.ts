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
  const { billing, withdrawal, site, offer = {}, images_used, role, ...told } = pretend;
  const premium = told.subscription_status !== undefined && told.subscription_status !== "free";
  const { trial_available } = told;
  await page.route("**/trpc/subscription.{status,confirm,refresh}*", async (route) => {
    const answer = await route.fetch();
    const body = await answer.json();
    const { data } = body.result ?? { data: await statusOf(page) };
    const used = images_used === undefined ? {} : { images_used };
    const usage = { ...data.usage, ...(premium ? { image_limit: null } : {}), ...used };
    // Whoever has a subscription was asked about.
    const last_synced_at = data.last_synced_at ?? new Date().toISOString();
    await route.fulfill({
      status: 200,
      json: { result: { data: { ...data, last_synced_at, usage, ...told } } },
    });
  });
  await page.route("**/trpc/subscription.offer*", async (route) => {
    const answer = await route.fetch();
    const body = await answer.json();
    const known = trial_available === undefined ? {} : { trial_available };
    await route.fulfill({ json: { result: { data: { ...body.result.data, ...known, ...offer } } } });
  });
  await answerWith(page, "subscription.billing", billing);
  await answerWith(page, "subscription.withdrawal", withdrawal);
  if (site) {
    await page.route("**/api/site", async (route) => {
      const answer = await route.fetch();
      await route.fulfill({ json: { ...(await answer.json()), ...site } });
    });
  }
  await page.route("**/api/users/me", async (route) => {
    const answer = await route.fetch();
    const user = pretendedUser(await answer.json(), told, premium);
    await route.fulfill({ json: role ? { ...user, role } : user });
  });
}

async function answerWith(page: Page, procedure: string, data: object | undefined): Promise<void> {
  const address = new RegExp(`/trpc/${procedure.replace(".", "[.]")}(\\?|$)`);
  if (data) await page.route(address, (route) => route.fulfill({ json: { result: { data } } }));
}

type User = Record<string, unknown> & { entitlements: object };

function pretendedUser(me: User, told: Pretend, premium: boolean): User {
  const { subscription_status, stripe_status, subscription_expiry, cancel_at, trial_ends_at } = told;
  const facts = { subscription_status, stripe_status, subscription_expiry, cancel_at, trial_ends_at };
  const known = Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined));
  const xp = subscription_status === "paid" ? 250 : 0;
  return { ...me, ...known, xp, entitlements: { ...me.entitlements, premium_badge: premium } };
}

async function statusOf(page: Page): Promise<Record<string, unknown>> {
  const answer = await page.context().request.get(`${new URL(page.url()).origin}/api/subscriptions/status`);
  return (await answer.json()) as Record<string, unknown>;
}
