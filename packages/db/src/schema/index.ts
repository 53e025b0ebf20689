export * from "./auth.ts";
export * from "./checkout.ts";
export * from "./outbox.ts";
export * from "./subscriptions.ts";
export * from "./usage.ts";
export * from "./users.ts";
export * from "./webhook-events.ts";
export * from "./xp-events.ts";
