import { setImmediate, setTimeout } from "node:timers/promises";
import { type Connection, connect } from "./http-connection.ts";

/** Timers are late by about a millisecond: the last stretch is waited for without one. */
const SPIN_MS = 1.5;

/** When to send: independent arrivals at a mean rate, the same in every run. Offsets in milliseconds. */
export function arrivals(count: number, perSecond: number): number[] {
  let seed = 20_261_121;
  let at = 0;
  return Array.from({ length: count }, () => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    at += (-Math.log(1 - seed / 2 ** 32) / perSecond) * 1000;
    return at;
  });
}

export interface Scheduled {
  /** Offset from the start, milliseconds. */
  readonly at: number;
  readonly request: Buffer;
  /** Told the moment it was due, by `performance.now()`. */
  onDue(due: number): void;
}

/**
 * Sends each request when it is due, whether or not earlier ones were answered: whoever counts from `due` counts the
 * waiting, too, so that a stalled server cannot hide it (coordinated omission).
 */
export async function openLoop(port: number, work: readonly Scheduled[]): Promise<void> {
  const idle: Connection[] = await Promise.all(Array.from({ length: 16 }, () => connect(port)));
  const all = new Set(idle);
  async function send(request: Buffer): Promise<void> {
    const connection = idle.pop() ?? (await connect(port));
    all.add(connection);
    const { status, body } = await connection.send(request);
    if (status !== 200) throw new Error(`answer ${status}: ${body.toString()}`);
    idle.push(connection);
  }
  const sending: Promise<void>[] = [];
  const start = performance.now() + 20;
  for (const { at, request, onDue } of work) {
    const due = start + at;
    await waitUntil(due);
    onDue(due);
    sending.push(send(request));
  }
  await Promise.all(sending);
  for (const connection of all) connection.close();
}

async function waitUntil(due: number): Promise<void> {
  const left = due - performance.now();
  if (left > SPIN_MS) await setTimeout(left - SPIN_MS);
  while (performance.now() < due) await setImmediate();
}
