import { type Column, type SQL, sql } from "drizzle-orm";

/** `column = any(values)`: one parameter whatever the length, so that the statement stays the same and prepared. */
export const anyOf = (column: Column, values: readonly (string | number)[]): SQL =>
  sql`${column} = any(${sql.param([...values])})`;

/** `column <> all(values)`; true for an empty list. */
export const noneOf = (column: Column, values: readonly (string | number)[]): SQL =>
  sql`${column} <> all(${sql.param([...values])})`;
