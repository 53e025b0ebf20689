import { type Claim, differs, type Files, first } from "./claim.ts";

const FREE = { subscription_status: "free", stripe_status: "none", xp: 0, image_limit: 2 };
const PAID = { subscription_status: "paid", stripe_status: "active", xp: 250, image_limit: null };
const me = (files: Files, name: string) => files.data(`purchase/${name}.json`);

/** `name` says the same as `other`, whose nothing was to change. */
function same(files: Files, name: string, other: string): string | null {
  const [now, then] = [me(files, name), me(files, other)];
  return differs(name, now, then) ?? differs(other, then, now);
}

export const PURCHASE_CLAIMS: Claim[] = [
  {
    part: "purchase",
    says: "Before, A and B are on Free, with no XP and two images a day",
    files: ["purchase/a-me-before.json", "purchase/b-me-before.json"],
    judge: (files) =>
      first(
        differs("A", me(files, "a-me-before"), { email: "anna@example.com", ...FREE }),
        differs("B", me(files, "b-me-before"), { email: "bo@example.com", ...FREE }),
      ),
  },
  {
    part: "purchase",
    says: "After A's purchase A is paid and active, has 250 XP and no image limit",
    files: ["purchase/a-me-after.json"],
    judge: (files) =>
      differs("A", me(files, "a-me-after"), { email: "anna@example.com", ...PAID, image_counter: 0 }),
  },
  {
    part: "purchase",
    says: "A's purchase changes nothing for B",
    files: ["purchase/b-me-before.json", "purchase/b-me-after-a-paid.json"],
    judge: (files) => same(files, "b-me-after-a-paid", "b-me-before"),
  },
  {
    part: "purchase",
    says: "After B's purchase B is paid and active and has 250 XP; A is as before",
    files: ["purchase/b-me-after.json", "purchase/a-me-after-b-paid.json"],
    judge: (files) =>
      first(
        differs("B", me(files, "b-me-after"), { email: "bo@example.com", ...PAID }),
        same(files, "a-me-after-b-paid", "a-me-after"),
      ),
  },
  ...(["a", "b"] as const).map(
    (who): Claim => ({
      part: "purchase",
      says: `${who.toUpperCase()}'s second tab lights the badge without a reload`,
      files: [`purchase/${who}-second-tab.json`],
      judge: (files) =>
        differs("the tab", me(files, `${who}-second-tab`), { badge: true, xp: "250 XP", reloaded: false }),
    }),
  ),
];
