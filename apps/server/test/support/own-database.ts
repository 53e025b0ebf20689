import { createTestDatabase, type TestDatabase } from "@liveassist/db/testing";

/** A database that outlives the servers on it; close it. */
export const openDatabase = (): Promise<TestDatabase> => createTestDatabase();
