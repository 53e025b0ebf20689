import { expect, it } from "vitest";
import { mayAssign } from "./may-assign.ts";

const letter = { cause: "no_user", customer_id: "cus_1", user_id: null } as const;

it("lets a person say whose a payment is, while its customer is known and is nobody's", () => {
  expect(mayAssign(letter)).toBe(true);
  expect(mayAssign({ ...letter, cause: "contradiction" })).toBe(true);
  expect(mayAssign({ ...letter, user_id: "u1" })).toBe(false);
  expect(mayAssign({ ...letter, cause: "bug" })).toBe(false);
});

it("does not offer it for a letter without a customer, because there is nothing to bind", () => {
  expect(mayAssign({ ...letter, customer_id: null })).toBe(false);
});
