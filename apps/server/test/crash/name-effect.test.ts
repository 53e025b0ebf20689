import { expect, test } from "vitest";
import { callerOf, nameStatement } from "./name-effect.ts";

test.each([
  ['select "id", "xp" from "users" where "users"."id" = $1 for update', "lock users by id"],
  ['select "id" from "outbox" where "outbox"."id" = any($1)', "select outbox by any id"],
  ["insert into webhook_events (event_id) select * from json_to_recordset($1)", "insert webhook_events"],
  [
    'update "users" set "xp" = $1, "version" = $2, "plan" = $3 where "users"."id" = $4',
    "update users set xp,version by id",
  ],
])("a statement is named by what it does to what: %s", (text, name) => {
  expect(nameStatement(text)).toBe(name);
});

test("a column that is only read or set makes no new effect, another condition does", () => {
  const base = nameStatement('select "id" from "users" where "users"."id" = $1');
  expect(nameStatement('select "id", "fresh" from "users" where "users"."id" = $1')).toBe(base);
  expect(nameStatement('select "id" from "users" where "users"."email" = $1')).not.toBe(base);
});

test("the caller is the product's innermost file", () => {
  const stack = `Error: where
    at Object.then (file:///x/apps/server/test/crash/wrap-database.ts:1:2)
    at async markEvents (file:///x/packages/api/src/billing/mark-events.ts:30:5)
    at async syncCustomer (file:///x/packages/api/src/billing/sync-customer.ts:40:5)`;
  expect(callerOf(stack)).toBe("mark-events");
  expect(callerOf("Error: where\n    at node:internal/timers:1:2")).toBe("");
});
