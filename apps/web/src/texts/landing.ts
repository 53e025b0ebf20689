import { dayCount } from "./counts.ts";

/** Words of the page for visitors. Price and trial come in from the server: a fixed one would lie elsewhere. */
export const landingTexts = {
  tab: "Help with your photos and videos",
  signIn: "Sign in",
  title: "Show it, ask, and get on with it.",
  lead: "LiveAssist looks at your photos and videos with you and answers in plain words: what it is, what is wrong, and what to do next.",
  start: "Create a free account",
  startNote: "Free to start, no card needed.",
  preview: {
    label: "An example: someone shows a photo of a plant and asks about it",
    name: "Maja",
    photo: "A potted plant in a window, one of its leaves is yellow",
    question: "Why is this leaf turning yellow?",
    answer: "Only the oldest leaf, and the soil looks wet. That points to too much water, not to a disease.",
    steps: [
      "Let the top 3 cm of soil dry out",
      "Empty the saucer after watering",
      "Cut the yellow leaf off at the stem",
    ],
  },
  waysTitle: "What people use it for",
  ways: [
    {
      title: "A photo of anything",
      text: "A plant, a bill, a bicycle chain, a rash of error messages. Show it instead of describing it.",
    },
    {
      title: "A video of what happens",
      text: "The noise, the blinking light, the swing of your backhand. Some things only show when they move.",
    },
    {
      title: "An answer you can use",
      text: "Short first, the steps after. Ask back until it is clear; LiveAssist remembers what you showed.",
    },
  ],
  priceTitle: "One price, and a way to try it",
  free: {
    name: "Free",
    text: "For a question now and then.",
    gives: ["2 images a day", "Short messages and answers"],
    action: "Start for free",
  },
  premium: {
    name: "LiveAssist Permission",
    badge: "Premium",
    per: "a month incl. VAT",
    priceUnknown: "Shown before you buy",
    text: (days: number) =>
      days === 1
        ? "The first day is free. Cancel any time."
        : `The first ${days} days are free. Cancel any time.`,
    textUnknown: "It starts with a free trial. Cancel any time.",
    gives: [
      "Unlimited images",
      "Video upload",
      "Long messages, full answers, tools",
      "The Premium badge by your name",
    ],
    action: (days: number) => `Try ${dayCount(days)} free`,
    actionUnknown: "Try it free",
  },
  footer: "You cancel in Settings. In the trial that costs nothing, and access stays until its end.",
} as const;
