import type { World } from "../billing/world.ts";

/** Stripe keeps the old secret for at most a day. */
const LONGEST_MS = 24 * 3_600_000;

/**
 * Gives an endpoint a new secret; the old one signs as well for `keepMs` of the emulator's clock (0 to 24 h). Throws
 * a RangeError for an unknown endpoint or a longer time.
 */
export function rollSecret(
  world: World,
  endpoint: string,
  { keepMs, now, secret = world.id("whsec") }: { keepMs: number; now: number; secret?: string },
): string {
  const kept = world.store.get("endpointSecrets", endpoint);
  if (kept === undefined) throw new RangeError(`There is no endpoint ${endpoint}.`);
  if (!(keepMs >= 0 && keepMs <= LONGEST_MS))
    throw new RangeError("An old secret is kept for 0 to 24 hours.");
  const old = kept.secrets.map((entry) => ({
    ...entry,
    expiresAt: Math.min(entry.expiresAt ?? Number.POSITIVE_INFINITY, now + keepMs),
  }));
  world.store.put("endpointSecrets", { id: endpoint, secrets: [{ secret, expiresAt: null }, ...old] });
  return secret;
}
