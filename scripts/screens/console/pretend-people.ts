import type { Outputs } from "../../../packages/api/src/contract.ts";
import { AUTHORS } from "../pretend-posts.ts";
import { ago, ahead, DAY, HOUR, secondsAgo } from "./moment-ago.ts";

type Person = Outputs["admin"]["listUsers"]["users"][number];
type WholeUser = Outputs["admin"]["readUser"];

/** Who does things in the console. */
export const ADMINISTRATOR = { id: "7c1d40e2-58a6-4b0f-9d37-2f6be1a0c915", name: "Anna Lind" };

export const CUSTOMERS = {
  maja: "cus_TSk4WqJ8mVxA2b",
  noor: "cus_TSb9LrD2hUeK7n",
  karl: "cus_TRw1GzP6oYiM4c",
  stray: "cus_TSm7XtE5jWqR3f",
};
export const SUBSCRIPTIONS = {
  maja: "sub_1SVpQ2K8mVxA2bLt0YcD3eFg",
  noor: "sub_1SVbT7K8mVxA2bLt4HjN9kRw",
  karl: "sub_1SUzC5K8mVxA2bLt8PqS1tUv",
};

const FREE = {
  role: "user",
  subscription_status: "free",
  subscription_expiry: null,
  stripe_status: "none",
  xp: 0,
  deleted_at: null,
} as const;
const PAID = { ...FREE, subscription_status: "paid", stripe_status: "active", xp: 250 } as const;

export const PEOPLE = {
  tilda: (): Person => ({
    ...FREE,
    id: "3e9b52a1-07c4-4d8e-b6f5-91d2c07ae438",
    name: "Tilda Ek",
    email: "tilda.ek@example.com",
    subscription_status: "trial",
    subscription_expiry: ahead(5 * DAY),
    stripe_status: "trialing",
    created_at: ago(35),
  }),
  maja: (): Person => ({
    ...PAID,
    id: "a41f7d08-6b2c-4e95-8f13-d5c90b27e6a4",
    name: AUTHORS.maja.name,
    email: "maja.sundqvist@example.com",
    subscription_expiry: ahead(30 * DAY),
    created_at: ago(1.1 * DAY),
  }),
  erik: (): Person => ({
    ...FREE,
    id: "d80c63f7-1e4a-49b2-a5d8-6c37f9021be5",
    name: AUTHORS.erik.name,
    email: "erik.bo@example.com",
    created_at: ago(3 * DAY),
  }),
  noor: (): Person => ({
    ...PAID,
    id: "58f2a9c6-3d71-4e0b-92c4-7ab1e6d5380f",
    name: AUTHORS.noor.name,
    email: "noor@example.org",
    subscription_expiry: ahead(11 * DAY),
    created_at: ago(49 * DAY),
  }),
  karl: (): Person => ({
    ...PAID,
    id: "b6d3071e-c95f-4a28-81e7-04fd92ac6b73",
    name: "Karl-Johan Östergren-Wachtmeister",
    email: "karl-johan.ostergren-wachtmeister@department.example.com",
    subscription_expiry: ahead(4 * DAY),
    stripe_status: "past_due",
    created_at: ago(130 * DAY),
  }),
  gone: (): Person => ({
    ...FREE,
    id: "0f94be27-a86d-4c13-b7e2-53d1608fc9ab",
    name: "Deleted account",
    email: "deleted-0f94be27-a86d-4c13-b7e2-53d1608fc9ab@invalid",
    created_at: ago(140 * DAY),
    deleted_at: ago(2 * DAY),
  }),
  anna: (): Person => ({
    ...FREE,
    id: ADMINISTRATOR.id,
    name: ADMINISTRATOR.name,
    email: "anna.lind@example.com",
    role: "admin",
    created_at: ago(160 * DAY),
  }),
};

export const everybody = (): Person[] => Object.values(PEOPLE).map((person) => person());

const nothing = {
  version: 1,
  cancel_at: null,
  trial_used_at: null,
  image_counter: 0,
  customers: [],
  subscriptions: [],
  open_flags: 0,
  last_pushed_at: null,
  last_confirmed_at: null,
} satisfies Omit<WholeUser, keyof Person>;

/** The page of somebody who paid twelve minutes ago. */
export const majaAsWhole = (): WholeUser => ({
  ...nothing,
  ...PEOPLE.maja(),
  version: 48_213,
  image_counter: 2,
  customers: [{ customer_id: CUSTOMERS.maja, observed_at: secondsAgo(745), deleted_at: null }],
  subscriptions: [
    {
      subscription_id: SUBSCRIPTIONS.maja,
      customer_id: CUSTOMERS.maja,
      status: "active",
      plan: "paid",
      paid_until: ahead(30 * DAY),
      trial_ends_at: null,
      cancel_at: null,
      ended_at: null,
      first_paid_at: secondsAgo(747),
      observed_at: secondsAgo(745),
    },
  ],
  last_pushed_at: secondsAgo(745),
  last_confirmed_at: secondsAgo(745),
});

/** The page of somebody who deleted the account; what was paid stays. */
export const goneAsWhole = (): WholeUser => ({
  ...nothing,
  ...PEOPLE.gone(),
  version: 31_077,
  trial_used_at: ago(118 * DAY),
  customers: [{ customer_id: "cus_TOe2VnH4kZsB9d", observed_at: ago(2 * DAY), deleted_at: null }],
  subscriptions: [
    {
      subscription_id: "sub_1SCkR9K8mVxA2bLt6MwX5yZa",
      customer_id: "cus_TOe2VnH4kZsB9d",
      status: "canceled",
      plan: "free",
      paid_until: ahead(9 * DAY),
      trial_ends_at: ago(113 * DAY),
      cancel_at: null,
      ended_at: ago(2 * DAY),
      first_paid_at: ago(113 * DAY),
      observed_at: ago(2 * DAY),
    },
  ],
  last_pushed_at: ago(2 * DAY + HOUR),
  last_confirmed_at: ago(2 * DAY + HOUR),
});
