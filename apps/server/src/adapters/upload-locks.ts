import type { Logger } from "@liveassist/api";
import type { Lock, Locker, RequestRelease } from "@tus/server";
import postgres from "postgres";

/** A cut connection may be held by the server it was cut from for a while: whoever resumes asks again after this. */
const PATIENCE_MS = 10_000;
const ASK_OTHERS_AGAIN_MS = 200;

/** What tus answers whoever did not get its turn: it is asked again by clients, unlike its own 500. */
const BUSY = { status_code: 423, body: "This file is being sent over another connection. Try again.\n" };

export interface UploadLocks extends Locker {
  /** Does work on one upload that nobody else works on, in this process or another. Throws tus' own 423 after 10 s. */
  hold<T>(uploadId: string, work: () => Promise<T>): Promise<T>;
  stop(): Promise<void>;
}

interface Held {
  readonly requestRelease: RequestRelease;
  readonly released: Promise<void>;
  readonly release: () => void;
}

/**
 * One writer for each upload: in this process by a map, among servers by Postgres' advisory locks, all on one connection of
 * its own, so that they end with the process. If that connection is lost, whoever holds a lock is asked to let go.
 */
export function createUploadLocks(databaseUrl: string, log: Logger): UploadLocks {
  const held = new Map<string, Held>();
  const sql = postgres(databaseUrl, {
    max: 1,
    connect_timeout: 5,
    max_lifetime: null,
    onnotice: () => {},
    connection: { application_name: "liveassist uploads" },
    onclose: () => {
      if (held.size > 0) log.warn({ uploads: held.size }, "the locks of uploads were lost; they are resumed");
      for (const { requestRelease } of held.values()) void requestRelease();
    },
  });

  /** Whether no other server holds it; then we do. */
  async function tryOthers(id: string): Promise<boolean> {
    const [row] = await sql`select pg_try_advisory_lock(hashtextextended(${`upload:${id}`}, 0)) as taken`;
    return row?.["taken"] === true;
  }

  async function take(id: string, signal: AbortSignal, requestRelease: RequestRelease): Promise<Held> {
    const patience = AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MS)]);
    while (!patience.aborted) {
      const other = held.get(id);
      if (other) {
        await other.requestRelease();
        await until(other.released, patience);
        continue;
      }
      const { promise: released, resolve: release } = Promise.withResolvers<void>();
      const own = { requestRelease, released, release };
      held.set(id, own);
      const taken = await tryOthers(id).catch((error: unknown) => {
        drop(id, own);
        throw error;
      });
      if (taken) return own;
      drop(id, own);
      await until(pause(ASK_OTHERS_AGAIN_MS), patience);
    }
    throw Object.assign(new Error("an upload is locked"), BUSY);
  }

  function drop(id: string, own: Held): void {
    held.delete(id);
    own.release();
  }

  async function giveBack(id: string, own: Held): Promise<void> {
    try {
      await sql`select pg_advisory_unlock(hashtextextended(${`upload:${id}`}, 0))`;
    } catch (error) {
      log.warn({ err: error, uploadId: id }, "the lock of an upload ended with its connection");
    } finally {
      drop(id, own);
    }
  }

  function newLock(id: string): Lock {
    let own: Held | null = null;
    return {
      async lock(signal, requestRelease) {
        own = await take(id, signal, requestRelease);
      },
      async unlock() {
        if (own) await giveBack(id, own);
        own = null;
      },
    };
  }

  return {
    newLock,
    async hold(id, work) {
      const own = await take(id, new AbortController().signal, () => undefined);
      try {
        return await work();
      } finally {
        await giveBack(id, own);
      }
    },
    stop: () => sql.end({ timeout: 5 }),
  };
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Waits for something, or for the end of patience. */
function until(something: Promise<void>, patience: AbortSignal): Promise<void> {
  if (patience.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const done = (): void => {
      patience.removeEventListener("abort", done);
      resolve();
    };
    patience.addEventListener("abort", done);
    void something.then(done);
  });
}
