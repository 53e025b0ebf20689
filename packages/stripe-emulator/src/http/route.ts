import type { World } from "../billing/world.ts";
import type { FormHash } from "./form.ts";
import type { Reader } from "./params.ts";

/** One API call as its handler sees it. */
export interface Call {
  world: World;
  /** The parts of the path that were left open, as `:id`. */
  path: Record<string, string>;
}

export interface Route {
  method: "GET" | "POST" | "DELETE";
  path: string;
  /** Reads the parameters (errors here mean nothing was carried out) and answers the work to be done. */
  prepare: (form: FormHash, version: string) => (call: Call) => object;
}

type Method = Route["method"];

/** Declares a call: its parameters and what it does. Handlers are synchronous, so calls never interleave. */
export function route<P>(
  call: `${Method} /${string}`,
  params: Reader<P>,
  handle: (call: Call, params: P) => object,
): Route {
  const [method, path = ""] = call.split(" ") as [Method, string?];
  return {
    method,
    path,
    prepare: (form, version) => {
      const read = params(form, "", version);
      return (call) => handle(call, read);
    },
  };
}

/** The id in the path. */
export function idOf(call: Call): string {
  return call.path["id"] ?? "";
}
