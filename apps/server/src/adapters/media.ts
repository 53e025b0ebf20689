import type { MediaPort } from "@liveassist/api";

/** Looks into files and makes pictures anew. */
export function createMedia(): MediaPort {
  const notBuilt = (): never => {
    throw new Error("not built yet");
  };
  return { typeOf: notBuilt, cleanImage: notBuilt };
}
