import { users } from "@liveassist/db/schema";
import { AppError } from "@liveassist/shared/errors";
import type { exportOutput } from "@liveassist/shared/inputs/operations";
import { eq, getTableColumns } from "drizzle-orm";
import type { z } from "zod";
import type { Deps } from "../deps.ts";
import { pathOf, type UploadRow } from "../uploads/upload-row.ts";
import { EXPORTED, type ExportedTable } from "./exported-tables.ts";

/**
 * Everything kept about one user, table by table: no passwords, tokens or payloads, nothing that belongs to others. Times are
 * ISO, amounts öre. Files are named with the address they can be loaded from while signed in. Ends in `NOT_FOUND`.
 */
export async function collectData(deps: Deps, userId: string): Promise<z.infer<typeof exportOutput>> {
  const [user] = await deps.db.select({ id: users.id }).from(users).where(eq(users.id, userId));
  if (!user) throw new AppError("NOT_FOUND", "There is no such user.");
  const data: Record<string, unknown> = {};
  // One after the other: nobody else waits for connections because somebody takes their data home.
  for (const [name, table] of Object.entries(EXPORTED)) {
    const rows = await rowsOf(deps, table, userId);
    data[name] = name === "uploads" ? rows.map(withAddress) : rows;
  }
  return { made_at: new Date(deps.clock.wall()).toISOString(), user_id: userId, data };
}

async function rowsOf({ db }: Deps, { table, where, without }: ExportedTable, userId: string) {
  const columns = Object.values(getTableColumns(table)).filter((column) => !without.includes(column.name));
  const shown = Object.fromEntries(columns.map((column) => [column.name, column]));
  return db.select(shown).from(table).where(where(userId));
}

function withAddress(row: Record<string, unknown>): Record<string, unknown> {
  const { id, purpose, state } = row as Pick<UploadRow, "id" | "purpose" | "state">;
  return state === "sent" || state === "ready" ? { ...row, path: pathOf({ id, purpose }) } : row;
}
