import type { ChaosMemory } from "../chaos/chaos.ts";
import type { Change } from "./store.ts";

/** Everything as it was at one moment, to come back to. */
export interface Snapshot {
  id: string;
  name: string | null;
  /** Milliseconds, by the emulator's clock and by the wall's. */
  at: number;
  wallAt: number;
  /** How far the emulator's clock was from the one it follows (ms). */
  offset: number;
  /** Where the source of ids and draws stood; null when it is unpredictable. */
  random: number | null;
  chaos: ChaosMemory;
  hold: boolean;
  /** What was planned, in the order in which it was: of equal moments the first comes first. */
  planned: string[];
  documents: Change[];
}

/** A snapshot as it is listed: its moment, and how many documents it holds. */
export interface SnapshotInfo {
  id: string;
  name: string | null;
  at: number;
  wallAt: number;
  documents: number;
}

/** What is said of a snapshot. */
export function snapshotInfo({ id, name, at, wallAt, documents }: Snapshot): SnapshotInfo {
  return { id, name, at, wallAt, documents: documents.length };
}
