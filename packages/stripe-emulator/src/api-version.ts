/** The one Stripe API version this emulator speaks; it renders every object and event in it. */
export const API_VERSION = "2026-10-28.endive";
