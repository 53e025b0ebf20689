export { API_VERSION } from "./api-version.ts";
export { TEST_CARDS, type TestCard } from "./billing/test-cards.ts";
export type { ActiveRule, ChaosState } from "./chaos/chaos.ts";
export { FAULTS, type Fault, type Rule } from "./chaos/faults.ts";
export type { CheckoutResult, Emulator, EmulatorOptions, PayOptions } from "./emulator.ts";
export { DEFAULT_SETTINGS, type Settings } from "./settings.ts";
export { startEmulator } from "./start-emulator.ts";
export type { SnapshotInfo } from "./store/snapshot.ts";
export type { Delivery, DeliveryAttempt } from "./store/tables.ts";
