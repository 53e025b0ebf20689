import type { Deps } from "@liveassist/api";
import type { Db } from "@liveassist/db";
import type postgres from "postgres";
import type { Failpoints } from "./failpoints.ts";
import { callerOf } from "./name-effect.ts";
import { type Naming, wrapDatabase } from "./wrap-database.ts";

/** Not outside, or nothing that could be lost half done: memory of this process, or plain values. */
const WITHOUT = new Set([
  ...["clock", "random", "log", "metrics", "settings", "coalesce", "tail", "rates"],
  // What is noted beside the work may be lost, and the name of a server is a text.
  ...["trail", "alerts", "serverId"],
]);

type Call = (...args: unknown[]) => unknown;

/** The same ports, with failpoints around everything that goes out; a port that is added tomorrow has them, too. */
export function wrapPorts<P extends Partial<Deps>>(ports: P, points: Failpoints, naming: Naming): P {
  const wrapped = Object.entries(ports).map(([name, port]: [string, unknown]) => {
    if (WITHOUT.has(name)) return [name, port];
    if (name === "db") return [name, wrapDatabase(port as Db & { $client: postgres.Sql }, points, naming)];
    if (typeof port === "function") return [name, wrapCall(port as Call, { points, naming, name })];
    return [name, wrapMethods(port as object, { points, naming, name })];
  });
  return Object.fromEntries(wrapped) as P;
}

interface Wrapping {
  readonly points: Failpoints;
  readonly naming: Naming;
  readonly name: string;
}

function wrapMethods(port: object, wrapping: Wrapping): object {
  return new Proxy(port, {
    get(target, key) {
      const value: unknown = Reflect.get(target, key);
      if (typeof value !== "function") return value;
      const call = value.bind(target) as Call;
      // Listeners are handed over, nothing is done; a signature is computed, not asked for.
      if (/^(on[A-Z]|verify)/.test(String(key))) return call;
      return wrapCall(call, { ...wrapping, name: `${wrapping.name}.${String(key)}` });
    },
  });
}

function wrapCall(call: Call, { points, naming, name }: Wrapping): Call {
  return (...args) => {
    const effect = naming(callerOf(new Error("where").stack), name);
    if (SYNCHRONOUS.test(name)) {
      points.meet(`${effect}: before`);
      const answer = call(...args);
      points.meet(`${effect}: after`);
      return answer;
    }
    return points.around(effect, () => Promise.resolve(call(...args)));
  };
}

/** Wake-ups are given and not awaited. */
const SYNCHRONOUS = /nudge/i;
