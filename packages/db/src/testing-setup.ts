import type { TestProject } from "vitest/node";
import { startTestCluster } from "./test-cluster.ts";
import "./testing.ts";

/** Vitest global setup: one Postgres for the whole run, handed to the workers, gone afterwards. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { adminUrl, template, stop } = await startTestCluster();
  project.provide("testCluster", { adminUrl, template });
  return stop;
}
