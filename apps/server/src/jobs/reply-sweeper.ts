import { type Deps, sweepReplies } from "@liveassist/api";
import { type Job, repeat } from "./repeat.ts";

/** Looks at once and then each second for replies whose process is gone (design I13). */
export function startReplySweeper(deps: Deps): Job {
  const first = sweepReplies(deps).catch((error: unknown) =>
    deps.log.error({ err: error }, "sweeping replies failed; trying again"),
  );
  const job = repeat(deps, "sweeping replies", () => sweepReplies(deps));
  return {
    async stop() {
      await first;
      await job.stop();
    },
  };
}
