import type { Deps } from "../deps.ts";
import { createPulse, type PulseReading } from "../pulse.ts";
import { findDue } from "./claim-events.ts";
import { processCustomer, processLoneEvent } from "./process-events.ts";

/** How often the inbox is swept for what a lost nudge left behind (design I1). */
const SWEEP_MS = 2_000;
/** Customers synced at once by one process; each holds no connection while Stripe is asked. */
const PARALLEL = 8;
/** A piece of work that takes longer than every timeout in it together hangs; its customer must not wait for it. */
const STUCK_MS = 60_000;

export interface InboxWorker {
  /** Wakes the worker for one customer, or for a sweep. */
  nudge(customerId: string | null): void;
  /** Resolves when nothing is queued or running in this process. */
  idle(): Promise<void>;
  /** Sweeps come this often, ms. */
  readonly everyMs: number;
  /** How its sweeps go. */
  read(): PulseReading;
  /** Leaves a sweep that hangs, and begins a new one. */
  restart(): void;
  stop(): Promise<void>;
}

/** Runs the inbox of this process: one sync a customer at a time, nudges coalesced, a sweep at start and every 2 s. */
export function startInboxWorker(getDeps: () => Deps): InboxWorker {
  const queued = new Map<string, () => Promise<void>>();
  const running = new Map<string, Promise<void>>();
  let stopped = false;
  const pulse = createPulse(getDeps().clock);
  let sweeping: Promise<void> | null = null;

  function enqueue(key: string, work: () => Promise<void>): void {
    if (stopped) return;
    queued.set(key, work);
    pump();
  }

  function pump(): void {
    for (const [key, work] of queued) {
      if (running.size >= PARALLEL) return;
      if (running.has(key)) continue;
      queued.delete(key);
      running.set(key, run(key, work));
    }
  }

  async function run(key: string, work: () => Promise<void>): Promise<void> {
    const { promise: stuck, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(() => {
      getDeps().log.error({ alarm: "sync_stuck", key }, "a sync hangs; the next one does not wait for it");
      resolve();
    }, STUCK_MS);
    try {
      await Promise.race([work(), stuck]);
    } catch (error) {
      getDeps().log.error({ err: error, key }, "the inbox could not be read; the next sweep tries again");
    } finally {
      clearTimeout(timer);
      running.delete(key);
      pump();
    }
  }

  function sweep(): Promise<void> {
    if (sweeping !== null) return sweeping;
    const mine = findAndQueue().finally(() => {
      if (sweeping === mine) sweeping = null;
    });
    sweeping = mine;
    return mine;
  }

  async function findAndQueue(): Promise<void> {
    const deps = getDeps();
    try {
      for (const due of await pulse.turn(() => findDue(deps.db, deps.clock.wall()))) {
        if (due.customerId !== null) enqueueCustomer(due.customerId);
        else enqueue(`event:${due.eventId}`, () => processLoneEvent(getDeps(), due.eventId));
      }
    } catch (error) {
      if (!stopped) deps.log.error({ err: error }, "the inbox could not be swept; trying again");
    }
  }

  const enqueueCustomer = (customerId: string): void =>
    enqueue(`customer:${customerId}`, () => processCustomer(getDeps(), customerId));

  const timer = setInterval(() => void sweep(), SWEEP_MS);
  void sweep();

  const idle = async (): Promise<void> => {
    while (sweeping || running.size > 0) await Promise.all([sweeping, ...running.values()]);
  };
  return {
    nudge: (customerId) => (customerId === null ? void sweep() : enqueueCustomer(customerId)),
    idle,
    everyMs: SWEEP_MS,
    read: pulse.read,
    restart() {
      pulse.leave();
      sweeping = null;
      void sweep();
    },
    async stop() {
      stopped = true;
      clearInterval(timer);
      queued.clear();
      await idle();
    },
  };
}
