import { expect, test } from "vitest";
import { entitlementsOf } from "./entitlements.ts";
import { FIRST_PREMIUM_XP, sekToOre } from "./money.ts";
import { isPremium, limitsOf, PLANS } from "./plans.ts";

const policy = { freeImagesPerDay: 2 };

test("a trial gives exactly what a paid plan gives", () => {
  expect(limitsOf("trial", policy)).toEqual(limitsOf("paid", policy));
  expect(entitlementsOf("trial", policy)).toEqual(entitlementsOf("paid", policy));
  expect(PLANS.filter(isPremium)).toEqual(["trial", "paid"]);
});

test("premium has the badge, video, unlimited images and the full chat", () => {
  expect(entitlementsOf("paid", policy)).toEqual({
    premium_badge: true,
    video_upload: true,
    unlimited_images: true,
    message_max_length: 8000,
  });
  expect(limitsOf("paid", policy)).toMatchObject({
    imagesPerDay: null,
    replyTokens: 2000,
    replySteps: 5,
    tools: true,
  });
});

test("free has two images a day, no video, short texts and short replies without tools", () => {
  expect(entitlementsOf("free", policy)).toEqual({
    premium_badge: false,
    video_upload: false,
    unlimited_images: false,
    message_max_length: 500,
  });
  expect(limitsOf("free", policy)).toMatchObject({
    imagesPerDay: 2,
    replyTokens: 300,
    replySteps: 1,
    tools: false,
  });
});

test("only the free plan's images follow the setting, and none a day is a limit, not freedom", () => {
  expect(limitsOf("free", { freeImagesPerDay: 0 }).imagesPerDay).toBe(0);
  expect(entitlementsOf("free", { freeImagesPerDay: 0 }).unlimited_images).toBe(false);
  expect(limitsOf("paid", { freeImagesPerDay: 7 }).imagesPerDay).toBeNull();
});

test("kronor become whole öre, without a rounding error", () => {
  expect(sekToOre(39)).toBe(3900);
  expect(sekToOre(1.1)).toBe(110);
  expect(sekToOre(39.29)).toBe(3929);
  expect(FIRST_PREMIUM_XP).toBe(250);
});
