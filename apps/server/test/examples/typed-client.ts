import type { AppRouter } from "@liveassist/api";
import { createTRPCClient, httpLink } from "@trpc/client";

/** A client that knows every procedure, its input and its answer; `cookie` is what signing in set. */
export const connect = (url: string, cookie: string) =>
  createTRPCClient<AppRouter>({ links: [httpLink({ url: `${url}/trpc`, headers: { cookie } })] });

/** Opens a checkout with a trial, unless a subscription or a checkout makes that superfluous. */
export async function beginTrial(client: ReturnType<typeof connect>): Promise<string | null> {
  const status = await client.subscription.status.query();
  if (!status.trial_available) return null;
  const { url } = await client.subscription.createCheckout.mutate({ trial: true });
  return url;
}
