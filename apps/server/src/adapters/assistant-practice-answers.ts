import type { ProductFacts } from "@liveassist/api";
import { MOST_IMAGE_BYTES, MOST_IMAGE_PIXELS } from "@liveassist/shared/media";
import { FIRST_PREMIUM_XP } from "@liveassist/shared/money";
import { limitsOf } from "@liveassist/shared/plans";
import { WITHDRAWAL_DAYS } from "@liveassist/shared/withdrawal";

/** A question about the product, what it is recognised by, and its answer: brief on Free, full with Premium. */
export interface PracticeAnswer {
  readonly question: string;
  readonly patterns: readonly RegExp[];
  readonly brief: (facts: ProductFacts) => string;
  readonly full: (facts: ProductFacts) => string;
}

const free = limitsOf("free", { freeImagesPerDay: 0 });
const premium = limitsOf("paid", { freeImagesPerDay: 0 });
const days = (count: number): string => `${count} ${count === 1 ? "day" : "days"}`;
const images = (count: number): string => `${count} ${count === 1 ? "image" : "images"}`;
const card = (facts: ProductFacts): string =>
  facts.trialRequiresCard ? "You add a card when it begins." : "You can begin without a card.";

/** The ten questions of docs/practice.md. Facts are those of the requirements; amounts and days come from the installation. */
export const ANSWERS = [
  {
    question: "What does it cost?",
    patterns: [/\b(price|costs?|fee|how much|kr|kronor|sek)\b/, /\b(per|a|each) month\b|\bmonthly\b/],
    brief: (facts) =>
      `${facts.price} a month including VAT. It can be tried free for ${days(facts.trialDays)}, once. An account costs nothing.`,
    full: (facts) =>
      `LiveAssist Permission costs ${facts.price} a month including VAT. There are no other fees and no minimum period: you pay month by month, by card or Link, through Stripe. The first ${days(facts.trialDays)} can be a free trial, once. Using LiveAssist on the Free plan costs nothing. Settings always show the next date and amount.`,
  },
  {
    question: "How does the free trial work?",
    patterns: [/\btrial\b/, /\btry\b.*\b(free|premium|it out)\b/],
    brief: (facts) =>
      `You can try Premium free for ${days(facts.trialDays)}, once. Then it costs ${facts.price} a month, unless you cancel before.`,
    full: (facts) =>
      `You can try LiveAssist Permission free for ${days(facts.trialDays)}, once, with everything Premium gives. ${card(facts)} When the trial ends it becomes the paid subscription by itself and ${facts.price} is charged, unless you cancel before. If you cancel during the trial nothing is charged, and you keep Premium until it ends. You may also skip the trial and pay at once. The exact date and amount of the first charge are shown before you start, and in Settings.`,
  },
  {
    question: "How do I cancel?",
    patterns: [
      /\bcancel/,
      /\bcancel.*\b(trial|subscription|premium)\b|\bunsubscribe\b/,
      /\b(stop|end|quit)\b.*\b(subscription|premium|paying|permission)\b/,
    ],
    brief: () => "In Settings, at any time. You keep Premium until the date shown there.",
    full: () =>
      "Open Settings and press Cancel: two clicks, at any time, without a reason. You see the exact date until which you keep Premium; after it you are on the Free plan and nothing more is charged. Until that date you can change your mind and press Resume in the same place. Cancelling in the trial costs nothing.",
  },
  {
    question: "Can I withdraw and get my money back?",
    patterns: [/\bwithdraw(al)?\b|\brefund|\bmoney back\b/, /\b(change|changed) my mind\b|\bregret\b/],
    brief: () =>
      `Yes, within ${days(WITHDRAWAL_DAYS)} of ordering: “Withdraw from contract here” in Settings. You get back what you paid.`,
    full: () =>
      `Yes. You may withdraw within ${days(WITHDRAWAL_DAYS)}, without a reason. They begin on the day after you started the trial or, without one, paid; no new ones begin when the trial becomes paid. Use “Withdraw from contract here” in Settings or at the end of every page. Premium then ends at once, and what you paid is given back in full, at the latest within 14 days. Withdrawing is not the same as cancelling: cancelling only ends the renewal.`,
  },
  {
    question: "How many images can I send a day?",
    patterns: [
      /\b(how many|number of|limit|unlimited)\b.*\b(image|picture|photo)s?\b/,
      /\b(image|picture|photo)s?\b.*\b(day|daily|limit|today)\b/,
    ],
    brief: (facts) =>
      `${images(facts.freeImagesPerDay)} a day on Free. With Premium there is no limit. Community pictures do not count.`,
    full: (facts) =>
      `With Premium, the trial included, as many as you like. On the Free plan it is ${images(facts.freeImagesPerDay)} a day in LiveAssist, and the day turns at midnight (${facts.quotaTimezone}). An upload that fails, or that you remove before sending it, does not count; pictures in community posts never do. An image may have up to ${MOST_IMAGE_BYTES / 1_000_000} MB and ${MOST_IMAGE_PIXELS / 1_000_000} megapixels: JPEG, PNG, WebP or GIF.`,
  },
  {
    question: "Can I send video?",
    patterns: [
      /\b(send|upload|attach|add|use|share|show|post)\b.*\b(videos?|clips?)\b/,
      /\bvideos?\b.*\b(upload|premium|free|limit|size|long|big|allowed|mb)\b/,
    ],
    brief: () => "Video needs Premium. On Free the video button is shown, but cannot be used.",
    full: (facts) =>
      `Yes, with Premium, the trial included: MP4, WebM or QuickTime, up to ${facts.mostVideoMb} MB. The assistant sees a video as a few still pictures, not as a film, and does not hear it. On the Free plan video cannot be sent.`,
  },
  {
    question: "What happens when I reach the limit?",
    patterns: [
      /\b(reach|hit|over|past|exceed|at|after|with)\b.*\blimits?\b/,
      /\blimits?\b.*\b(resets?|reached|happens)\b|\bwhat happens\b.*\blimits?\b|\bwhen\b.*\bresets?\b/,
    ],
    brief: (facts) =>
      `A dialog says so and when it resets (midnight, ${facts.quotaTimezone}). Go on with text, or upgrade.`,
    full: (facts) =>
      `On the Free plan a dialog appears before an image beyond the ${images(facts.freeImagesPerDay)} of the day is uploaded. It tells why, when the limit resets (midnight, ${facts.quotaTimezone}), and lets you upgrade or continue with text only. What you wrote and picked stays where it is, also over a reload and the checkout. As soon as you are Premium the limit is gone, in the open page too.`,
  },
  {
    question: "Where are my receipts?",
    patterns: [/\b(receipts?|invoices?)\b/, /\bbilling history\b/],
    brief: () => "In Settings, under “Payment and receipts”.",
    full: () =>
      "In Settings, under “Payment and receipts”. Each one opens at Stripe, our payment provider, in a new tab, where you can also save it. The first comes with the first payment; a trial has none. Your card is updated in the same place.",
  },
  {
    question: "What does Premium give me?",
    patterns: [
      /\bpremium\b.*\b(gives?|get|includes?|offers?|worth|benefits?|better|do)\b/,
      /\b(what|why)\b.*\b(premium|permission)\b|\bupgrade\b|\bdifference\b/,
    ],
    brief: () => "Unlimited images, video, longer messages, fuller answers, and the Premium badge.",
    full: () =>
      `Unlimited images, video, messages of up to ${premium.messageCodePoints.toLocaleString("en")} characters instead of ${free.messageCodePoints}, fuller answers in which the assistant can search the community's posts, and the Premium badge on your profile and beside your name. You have all of it in the trial as well. With your first real payment you also get ${FIRST_PREMIUM_XP} XP, once.`,
  },
  {
    question: "How do I delete my account and my data?",
    patterns: [
      /\b(delete|remove|erase|close)\b.*\b(account|data|profile|everything|me)\b/,
      /\bgdpr\b|\bright to be forgotten\b/,
    ],
    brief: () =>
      "In Settings, under “Delete account”. A subscription is ended first, at once. It cannot be undone.",
    full: () =>
      "In Settings, under “Delete account”. A running subscription is ended first, at once, so that nothing more is charged. Your profile, messages, photos and videos are then removed for good, and you are signed out everywhere. Receipts are kept for seven years, because the law on bookkeeping demands it. If you still have the right to withdraw, do that first: deleting the account does not give money back. A single session can be deleted by itself.",
  },
] as const satisfies readonly PracticeAnswer[];

/** The answer whose patterns fit a text best; null: none fits. */
export function answerTo(text: string): PracticeAnswer | null {
  const plain = text.toLowerCase().replaceAll("’", "'").replaceAll(/\s+/g, " ").slice(0, 2_000);
  let best: { answer: PracticeAnswer; hits: number } | null = null;
  for (const answer of ANSWERS) {
    const hits = answer.patterns.filter((pattern) => pattern.test(plain)).length;
    if (hits > (best?.hits ?? 0)) best = { answer, hits };
  }
  return best?.answer ?? null;
}
