import { randomUUID } from "node:crypto";
import { type Actor, type Deps, removeUpload, sweepUploads } from "@liveassist/api";
import { releaseUnits } from "../../../../packages/api/src/uploads/release-units.ts";
import { retakeUnits } from "../../../../packages/api/src/uploads/retake-units.ts";
import type { UploadSteps } from "../../../../packages/api/test/support/upload-steps.ts";

/** One of the servers, as a move uses it. */
export interface Server {
  readonly deps: Deps;
  readonly steps: UploadSteps;
}

interface Playing {
  readonly actor: Actor;
  /** Where it begins, and where it goes on: a client may meet either server at each step. */
  readonly here: Server;
  readonly there: Server;
}

type Move = (playing: Playing) => Promise<unknown>;

async function sent({ actor, here, there }: Playing): Promise<{ uploadId: string; messageId: string }> {
  const uploadId = await here.steps.ready(actor);
  return { uploadId, messageId: await there.steps.send(actor, [uploadId]) };
}

const release = ({ deps }: Server, messageId: string) =>
  deps.db.transaction((tx) => releaseUnits(deps, tx, messageId));
const retake = ({ deps }: Server, { userId }: Actor, messageId: string) =>
  deps.db.transaction((tx) => retakeUnits(deps, tx, { userId, messageId }));

/** Whoever was refused throws; the others go on whatever one of them met. */
async function all(...racing: Promise<unknown>[]): Promise<void> {
  const refused = (await Promise.allSettled(racing)).filter((one) => one.status === "rejected");
  for (const { reason } of refused) throw reason;
}

/** What a user's tabs and the servers do to units, each by its name. */
export const MOVES: Readonly<Record<string, Move>> = {
  begin: ({ actor, here }) => here.steps.begin(actor),
  "begin and cancel": async ({ actor, here, there }) =>
    removeUpload(there.deps, actor, await here.steps.begin(actor)),
  finish: ({ actor, here }) => here.steps.ready(actor),
  "finish on both servers": async ({ actor, here, there }) => {
    const uploadId = await here.steps.begin(actor);
    await all(here.steps.finish(actor, uploadId), there.steps.finish(actor, uploadId));
  },
  "be refused": ({ actor, here }) => here.steps.ready(actor, {}, "no picture"),
  send: sent,
  "send twice": async ({ actor, here, there }) => {
    const uploadId = await here.steps.ready(actor);
    await all(here.steps.send(actor, [uploadId]), there.steps.send(actor, [uploadId]));
  },
  "cancel while finishing": async ({ actor, here, there }) => {
    const uploadId = await here.steps.begin(actor);
    await all(here.steps.finish(actor, uploadId), removeUpload(there.deps, actor, uploadId));
  },
  "remove while sending": async ({ actor, here, there }) => {
    const uploadId = await here.steps.ready(actor);
    await all(here.steps.send(actor, [uploadId]), removeUpload(there.deps, actor, uploadId));
  },
  "remove twice": async ({ actor, here, there }) => {
    const uploadId = await here.steps.ready(actor);
    await all(removeUpload(here.deps, actor, uploadId), removeUpload(there.deps, actor, uploadId));
  },
  "have a reply fail": async (playing) => {
    const { messageId } = await sent(playing);
    await all(release(playing.here, messageId), release(playing.there, messageId));
  },
  "have a reply fail and try again": async (playing) => {
    const { messageId } = await sent(playing);
    await release(playing.there, messageId);
    await all(
      retake(playing.here, playing.actor, messageId),
      retake(playing.there, playing.actor, messageId),
    );
  },
  sweep: async ({ here, there }) => all(sweepUploads(here.deps), sweepUploads(there.deps)),
  "meet an id that is nobody's": ({ actor, here }) => removeUpload(here.deps, actor, randomUUID()),
};
