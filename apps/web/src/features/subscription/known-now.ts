/**
 * The later of this device's clock and the server's when it last asked Stripe, in epoch ms: what the server has seen is
 * past, also when the device's clock stands or is slow (in development the server's follows the emulator's).
 */
export const knownNow = (deviceNow: number, lastSyncedAt: string | null | undefined): number =>
  lastSyncedAt ? Math.max(deviceNow, Date.parse(lastSyncedAt)) : deviceNow;
