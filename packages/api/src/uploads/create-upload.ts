import type { Tx } from "@liveassist/db";
import { uploads } from "@liveassist/db/schema";
import { AppError } from "@liveassist/shared/errors";
import { storable } from "@liveassist/shared/inputs/storable";
import { LIMIT_MESSAGES } from "@liveassist/shared/limit-messages";
import { type MediaKind, plainType } from "@liveassist/shared/media";
import { judgeDeclared } from "@liveassist/shared/media-declared";
import { limitsOf } from "@liveassist/shared/plans";
import { UNSENT_MS } from "@liveassist/shared/quota";
import { freshenPlan, planNow } from "../billing/plan-now.ts";
import type { Actor, Deps } from "../deps.ts";
import { lockUser } from "./lock-user.ts";
import { requireRoom } from "./require-room.ts";
import { requireStill } from "./require-still.ts";
import { reserveUnit } from "./reserve-unit.ts";

/** What a client says it is about to send. */
export interface NewUpload {
  readonly purpose: "liveassist" | "frame" | "community";
  readonly filename: string;
  /** As the client calls it. */
  readonly mediaType: string;
  readonly bytes: number;
  /** For a frame: its video, and its moment in it (ms). */
  readonly frameOf: string | null;
  readonly frameAtMs: number | null;
}

const filename = storable(255);

/**
 * Begins an upload: checks what is said about it, takes the unit of an image for the assistant and makes the row, in one
 * transaction under the user's row lock (requirements R5, design I9). Ends in `INVALID_INPUT`, `UNSUPPORTED_MEDIA`, `TOO_LARGE`,
 * `IMAGE_DAY_LIMIT`, `VIDEO_REQUIRES_PREMIUM`, `RATE_LIMITED` when too much waits unsent, and for stills as `requireStill`.
 */
export async function createUpload(deps: Deps, actor: Actor, input: NewUpload): Promise<{ id: string }> {
  const kind = requireMedia(deps, input);
  if (input.purpose === "liveassist") await freshenPlan(deps, actor.userId);
  const id = deps.random.uuid();
  await deps.db.transaction(async (tx) => {
    await lockUser(tx, actor.userId);
    const expiresAt = new Date(deps.clock.now() + UNSENT_MS);
    if (input.purpose === "frame") await requireStill(tx, actor.userId, input);
    else await requireRoom(deps, tx, { userId: actor.userId, bytes: input.bytes });
    if (input.purpose === "liveassist")
      await requirePlan(deps, tx, { userId: actor.userId, id, kind, expiresAt });
    await tx.insert(uploads).values({
      ...columnsOf(input),
      id,
      userId: actor.userId,
      kind,
      state: "uploading",
      expiresAt,
    });
  });
  return { id };
}

/** Names are shown, and told to the assistant: on one line. Only a still is one of a video. */
const columnsOf = ({ purpose, filename: name, mediaType, bytes, frameOf, frameAtMs }: NewUpload) => ({
  purpose,
  filename: name.replace(/\p{Cc}/gu, " "),
  mediaType: plainType(mediaType),
  bytes,
  frameOf: purpose === "frame" ? frameOf : null,
  frameAtMs: purpose === "frame" ? frameAtMs : null,
});

function requireMedia(deps: Deps, input: NewUpload): MediaKind {
  if (!filename.safeParse(input.filename).success)
    throw new AppError("INVALID_INPUT", "filename: has to be 1 to 255 characters that can be stored");
  const { mostVideoBytes } = deps.settings;
  const judged = judgeDeclared({ ...input, mostVideoBytes });
  if (!judged.ok) throw new AppError(judged.code, judged.message);
  return judged.kind;
}

interface Beginning {
  readonly userId: string;
  readonly id: string;
  readonly kind: MediaKind;
  readonly expiresAt: Date;
}

async function requirePlan(deps: Deps, tx: Tx, { userId, id, kind, expiresAt }: Beginning): Promise<void> {
  const plan = await planNow(deps, tx, userId);
  if (kind === "image") return reserveUnit(deps, tx, { userId, uploadId: id, plan, expiresAt });
  if (!limitsOf(plan, deps.settings).video)
    throw new AppError("VIDEO_REQUIRES_PREMIUM", LIMIT_MESSAGES.VIDEO_REQUIRES_PREMIUM);
}
