import type { Site } from "@liveassist/api/contract";
import { askJson } from "./http.ts";

let asked: Promise<Site> | null = null;

/** What is sold here and who sells it. Asked once a page; a failure is forgotten, so that it can be asked again. */
export function loadSite(): Promise<Site> {
  asked ??= askJson<Site>("/api/site").catch((thrown: unknown) => {
    asked = null;
    throw thrown;
  });
  return asked;
}
