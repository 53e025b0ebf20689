import { answerParent } from "./child.ts";
import { closedLoop, type Load } from "./closed-loop.ts";
import { toBytes } from "./http-connection.ts";
import { type Dialect, type Ears, type Listener, openEars } from "./listeners.ts";
import { arrivals, openLoop } from "./open-loop.ts";
import { subscriptionEvent, toDelivery } from "./signed-event.ts";

/** A round that takes longer than this was lost somewhere. */
const ROUND_MS = 20_000;

const ears = new Map<number, Ears>();

interface Deliveries extends Load {
  readonly path: string;
  readonly secret: string;
  readonly count: number;
  /** Makes event ids of one round differ from those of any other. */
  readonly round: string;
}

interface Reads extends Load {
  readonly path: string;
  readonly cookie: string;
  readonly count: number;
  readonly expected: string;
}

interface Purchases {
  readonly port: number;
  readonly path: string;
  readonly secret: string;
  readonly perSecond: number;
  readonly events: readonly { readonly userId: string; readonly event: Record<string, unknown> }[];
}

/** Makes the load, in a process of its own. */
const handlers = {
  /** Deliveries per second, all of different events of a hundred customers. */
  deliver: ({ port, connections, path, secret, count, round }: Deliveries): Promise<number> => {
    const requests = Array.from({ length: count }, (_, index) =>
      toDelivery(path, subscriptionEvent(`evt_${round}_${index}`, `cus_bench${index % 100}`), secret),
    );
    return closedLoop({ port, connections }, requests, '"received":true');
  },

  /** Reads per second by one signed-in user. */
  read: ({ port, connections, path, cookie, count, expected }: Reads): Promise<number> => {
    const request = toBytes(`GET ${path}`, { cookie });
    return closedLoop({ port, connections }, Array<Buffer>(count).fill(request), expected);
  },

  listen: async (input: { port: number; dialect: Dialect; users: readonly Listener[] }): Promise<void> => {
    ears.set(input.port, await openEars(input.port, input.dialect, input.users));
  },

  /** Milliseconds from when each delivery was due to its user's frame. Every user must hear exactly one. */
  purchase: async ({ port, path, secret, perSecond, events }: Purchases): Promise<number[]> => {
    const heard = ears.get(port);
    if (!heard) throw new Error("nobody listens");
    const due = new Map<string, number>();
    const latencies = new Map<string, number>();
    const offsets = arrivals(events.length, perSecond);
    const frames = new Promise<void>((resolve, reject) => {
      const late = (): void => reject(new Error(`${events.length - latencies.size} frames never came`));
      const timer = setTimeout(late, ROUND_MS);
      heard.onFrame = (userId, at) => {
        const sent = due.get(userId);
        if (sent === undefined || latencies.has(userId)) reject(new Error(`a frame too many for ${userId}`));
        latencies.set(userId, at - (sent ?? at));
        if (latencies.size < events.length) return;
        clearTimeout(timer);
        resolve();
      };
    });
    const work = events.map(({ userId, event }, index) => ({
      at: offsets[index] ?? 0,
      request: toDelivery(path, event, secret),
      onDue: (at: number) => void due.set(userId, at),
    }));
    await Promise.all([openLoop(port, work), frames]);
    return [...latencies.values()];
  },
};

export type Generator = typeof handlers;

answerParent(handlers, () => {
  for (const one of ears.values()) one.close();
});
