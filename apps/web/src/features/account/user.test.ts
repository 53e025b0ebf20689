import type { SubscriptionUpdated } from "@liveassist/shared/events";
import { expect, it } from "vitest";
import { newerUser, type User, updatedUser } from "./user.ts";

const user: User = {
  id: "u1",
  email: "anna@example.com",
  name: "Anna",
  role: "user",
  subscription_status: "free",
  subscription_expiry: null,
  stripe_status: "none",
  trial_ends_at: null,
  cancel_at: null,
  image_counter: 0,
  image_limit: 2,
  xp: 0,
  entitlements: {
    premium_badge: false,
    video_upload: false,
    unlimited_images: false,
    message_max_length: 500,
  },
  version: 7,
};

const paid: SubscriptionUpdated = {
  type: "subscription.updated",
  userId: "u1",
  subscription_status: "paid",
  subscription_expiry: "2026-12-21T12:00:00.000Z",
  stripe_status: "active",
  cancel_at: null,
  xp: 250,
  xp_awarded: 250,
  version: 8,
};

it("takes over what a live update says, the badge with it", () => {
  expect(updatedUser(user, paid)).toMatchObject({
    subscription_status: "paid",
    xp: 250,
    version: 8,
    entitlements: { premium_badge: true },
  });
});

it("ignores an update that is old news, and one of somebody else", () => {
  expect(updatedUser(user, { ...paid, version: 7 })).toBe(user);
  expect(updatedUser(user, { ...paid, version: 3 })).toBe(user);
  expect(updatedUser(user, { ...paid, userId: "u2" })).toBe(user);
});

it("never lets a late answer undo a newer state", () => {
  const after = updatedUser(user, paid);
  expect(newerUser(after, user)).toBe(after);
  expect(newerUser(user, after)).toBe(after);
  expect(newerUser(after, { ...user, id: "u2", version: 1 }).id).toBe("u2");
});
