import { createHash } from "node:crypto";
import { checkoutReturnTokens } from "@liveassist/db/schema";
import { and, eq, gt, isNull } from "drizzle-orm";
import type { Deps } from "../deps.ts";

/** The cookie that lets the return from checkout restore a lost login (requirements, "The return from checkout"). */
export const RETURN_COOKIE = "liveassist_checkout";
export const RETURN_PATH = "/api/checkout/return";
const DAY_MS = 86_400_000;

const hash = (token: string): string => createHash("sha256").update(token).digest("hex");

/** Makes a one-time token, stored hashed with user and session; valid as long as the checkout session. */
export async function issueReturnToken(
  deps: Deps,
  checkout: { userId: string; sessionId: string; expiresAt: number | null },
): Promise<{ token: string; maxAgeSeconds: number }> {
  const token = deps.random.token();
  const left = checkout.expiresAt === null ? DAY_MS : checkout.expiresAt - deps.clock.now();
  const lifetime = Math.min(Math.max(left, 0), DAY_MS);
  await deps.db.insert(checkoutReturnTokens).values({
    tokenHash: hash(token),
    userId: checkout.userId,
    sessionId: checkout.sessionId,
    expiresAt: new Date(deps.clock.wall() + lifetime),
  });
  return { token, maxAgeSeconds: Math.floor(lifetime / 1000) };
}

/** Uses a token up. Answers its user if it was made for this session and not used or expired, else null. */
export async function redeemReturnToken(
  deps: Deps,
  token: string,
  sessionId: string,
): Promise<string | null> {
  const wall = new Date(deps.clock.wall());
  const [used] = await deps.db
    .update(checkoutReturnTokens)
    .set({ usedAt: wall })
    .where(
      and(
        eq(checkoutReturnTokens.tokenHash, hash(token)),
        eq(checkoutReturnTokens.sessionId, sessionId),
        isNull(checkoutReturnTokens.usedAt),
        gt(checkoutReturnTokens.expiresAt, wall),
      ),
    )
    .returning({ userId: checkoutReturnTokens.userId });
  return used?.userId ?? null;
}
