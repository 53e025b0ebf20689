import { inject } from "vitest";
import { createDatabaseIn, type TestClusterAddress, type TestDatabase } from "./test-cluster.ts";

export { createDatabaseIn, startTestCluster, type TestDatabase } from "./test-cluster.ts";

declare module "vitest" {
  interface ProvidedContext {
    testCluster: TestClusterAddress;
  }
}

/**
 * A fresh, migrated database in the run's cluster, in about 40 ms; one per suite is cheap. Close it in `afterAll`.
 * Needs `@liveassist/db/testing-setup` among the vitest `globalSetup` files.
 */
export async function createTestDatabase(
  options: { max?: number; applicationName?: string } = {},
): Promise<TestDatabase> {
  const cluster = inject("testCluster");
  if (!cluster)
    throw new Error("Add @liveassist/db/testing-setup to globalSetup in the vitest configuration.");
  return createDatabaseIn(cluster, options);
}
