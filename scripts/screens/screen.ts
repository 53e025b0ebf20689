import type { Page } from "playwright-core";

/** What a server answer is replaced with, so that a rare state can be shown without waiting for it. */
export type Pretend = {
  subscription_status?: "free" | "trial" | "paid";
  stripe_status?: string;
  subscription_expiry?: string | null;
  cancel_at?: string | null;
  trial_ends_at?: string | null;
  trial_available?: boolean;
  next_charge?: { at: string; amount_ore: number } | null;
  pending?: boolean;
  stale?: boolean;
  /** What `subscription.billing` and `subscription.withdrawal` answer; in place of the whole answer. */
  billing?: object;
  withdrawal?: object;
  /** What everybody is told at `/api/site`, on top of what the server says. */
  site?: object;
  /** Fields of the offer on top of what the server says. */
  offer?: object;
  /** Pictures sent today, of two. */
  images_used?: number;
  role?: "admin";
};

/** A fresh tab to bring one screen about in. */
export interface Stage {
  page: Page;
  /** Where the product is. */
  url: string;
  email: string;
  /** Opens an address of the product, as if the server knew what is pretended. */
  open: (path: string, pretend?: Pretend) => Promise<void>;
  /** Answers a call with a refusal of the contract's shape, or, without a code, with no network. */
  refuse: (address: string, code?: string, status?: number) => Promise<void>;
  /** Never answers a call: what is shown while waiting stays. */
  stall: (address: string) => Promise<void>;
}

/** One state of one screen: its picture's name, what it shows, who sees it, and how to get there. */
export interface Screen {
  name: string;
  about: string;
  who: "visitor" | "member" | "newcomer";
  /** The whole length of the page instead of what fits on the screen. */
  tall?: boolean;
  show: (stage: Stage) => Promise<void>;
}

const PHONE = { viewport: { width: 360, height: 740 }, hasTouch: true };
const DESKTOP = { viewport: { width: 1280, height: 800 }, hasTouch: false };

/** The four pictures of each screen: phone and desktop, light and dark. */
export const LOOKS = [
  { name: "phone-light", ...PHONE, colorScheme: "light" },
  { name: "phone-dark", ...PHONE, colorScheme: "dark" },
  { name: "desktop-light", ...DESKTOP, colorScheme: "light" },
  { name: "desktop-dark", ...DESKTOP, colorScheme: "dark" },
] as const;
export type Look = (typeof LOOKS)[number];

export const pictureOf = (screen: string, look: string): string => `${screen}.${look}.png`;
