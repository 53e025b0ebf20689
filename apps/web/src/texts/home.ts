/** Words of the start page. */
export const homeTexts = {
  tab: "Home",
  greeting: (part: "morning" | "day" | "evening" | "night", name: string) =>
    ({
      morning: `Good morning, ${name}`,
      day: `Hello, ${name}`,
      evening: `Good evening, ${name}`,
      night: `Hello, ${name}`,
    })[part],
  free: "You are on the Free plan.",
  pending: "We are checking your payment.",
  premium: "You have Premium.",
  trial: (date: string) => `Your Premium trial runs until ${date}.`,
  summary: "Your day",
  gives: "What Premium gives",
  today: "Today",
  xp: "Experience",
  xpText: "Your first payment for Premium gives 250 XP, once.",
  more: "See the subscription",
} as const;
