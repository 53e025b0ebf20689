import type { RateBucket, RateLimiter } from "@liveassist/api";
import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";

/** Points a minute (requirements, rate limits). Those of the last line are ours: against floods, never in the way of a person or a script. */
const PER_MINUTE: Record<RateBucket, number> = {
  ...{ confirm: 10, refresh: 10, "sign-in": 10, uploads: 60 },
  ...{ checkout: 20, messages: 300, posts: 120 },
};

/** Counts per minute in this process; `off` lets everything pass. */
export function createRateLimiter(mode: "on" | "off"): RateLimiter {
  if (mode === "off") return { take: async () => null };
  const limiters = new Map(
    Object.entries(PER_MINUTE).map(([bucket, points]) => [
      bucket,
      new RateLimiterMemory({ points, duration: 60 }),
    ]),
  );
  return {
    async take(bucket, key) {
      try {
        await limiters.get(bucket)?.consume(key);
        return null;
      } catch (refused) {
        if (refused instanceof RateLimiterRes) return Math.max(1, Math.ceil(refused.msBeforeNext / 1000));
        throw refused;
      }
    },
  };
}
