import { checkQuiet } from "./check-quiet.ts";
import type { Lane } from "./lane.ts";
import type { Person } from "./person.ts";

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** Something that happens to people at Stripe, told step by step; after each step all must be as Stripe says. */
export interface Story {
  readonly name: string;
  tell(lane: Lane): Promise<Person[]>;
}

/** Ends everything these people have, so that they are quiet in the stories that follow. */
export async function putToRest(lane: Lane, people: readonly Person[]): Promise<void> {
  for (const person of people) {
    for (const customer of person.customers.filter((one) => !person.deleted.has(one))) {
      const { data } = await lane.stripe.subscriptions.list({ customer, limit: 100 });
      for (const { id } of data) await lane.stripe.subscriptions.cancel(id);
    }
  }
  await checkQuiet(lane, people);
  for (const person of people) await person.leaves();
  lane.deliveries.forget();
}
