import type { Claim } from "./claim.ts";
import { EVENT_CLAIMS } from "./event-claims.ts";
import { fileClaims, type RunFacts } from "./file-claims.ts";
import { PURCHASE_CLAIMS } from "./purchase-claims.ts";
import { USE_CLAIMS } from "./use-claims.ts";
import { VOICE_CLAIMS } from "./voice-claims.ts";

/** Everything a run has to show. */
export const allClaims = (run: RunFacts): Claim[] => [
  ...PURCHASE_CLAIMS,
  ...EVENT_CLAIMS,
  ...VOICE_CLAIMS,
  ...USE_CLAIMS,
  ...fileClaims(run),
];
