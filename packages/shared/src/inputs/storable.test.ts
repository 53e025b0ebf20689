import { expect, test } from "vitest";
import { confirmInput } from "./subscription.ts";
import { grantXpInput, revokeLoginInput } from "./user.ts";

const grant = { userId: "user_1", amount: 1, reason: "thanks", idempotencyKey: "key" };

test.each(["a\0b", "\ud800", ""])("an id that nothing can hold is refused: %j", (bad) => {
  expect(confirmInput.safeParse({ sessionId: bad }).success).toBe(false);
  expect(revokeLoginInput.safeParse({ id: bad }).success).toBe(false);
  for (const field of ["userId", "reason", "idempotencyKey"])
    expect(grantXpInput.safeParse({ ...grant, [field]: bad }).success).toBe(false);
});

test("whole characters of any script are fine", () => {
  expect(grantXpInput.parse({ ...grant, reason: " tack 👏 " }).reason).toBe("tack 👏");
});
