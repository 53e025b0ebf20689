import { z } from "zod";
import { MOST_FILES } from "../media.ts";
import { MOST_POST_UNITS, MOST_REASON_UNITS } from "../post-limits.ts";
import { uploadOutput } from "./liveassist.ts";
import { storable } from "./storable.ts";

const isoTime = z.iso.datetime();
/** In the one way ids are stored and compared. */
const id = z.uuid().toLowerCase();

const postText = z.string().trim().max(MOST_POST_UNITS);
const isStorable = (text: string): boolean => text.isWellFormed() && !text.includes("\0");

export const authorOutput = z.object({
  id: z.string(),
  name: z.string(),
  premium_badge: z.boolean(),
  xp: z.int(),
});

export const postOutput = z.object({
  id: z.string(),
  author: authorOutput,
  text: z.string(),
  uploads: z.array(uploadOutput),
  created_at: isoTime,
  edited_at: isoTime.nullable(),
  own: z.boolean(),
});

/** `GET /api/community/posts`: newest first; `cursor` is what the page before gave as `next`. */
export const listPostsInput = z
  .strictObject({
    cursor: z.string().max(40).optional(),
    limit: z.coerce.number().int().min(1).max(50).default(20),
    author: storable(64).optional(),
  })
  .optional();
export const postsOutput = z.object({ posts: z.array(postOutput), next: z.string().nullable() });

/** `POST /api/community/posts`; text or a picture has to be there. */
export const createPostInput = z
  .strictObject({
    text: postText.refine(isStorable, "has a character that cannot be stored"),
    uploadIds: z.array(id).max(MOST_FILES).optional(),
    clientPostId: storable(128),
  })
  .refine((input) => input.text !== "" || (input.uploadIds?.length ?? 0) > 0, {
    path: ["text"],
    message: "write something, or add a picture",
  });
export const editPostInput = z.strictObject({
  postId: id,
  text: postText.refine(isStorable, "has a character that cannot be stored"),
});
export const postInput = z.strictObject({ postId: id });
export const reportPostInput = z.strictObject({
  postId: id,
  reason: z.string().trim().pipe(storable(MOST_REASON_UNITS)),
});

/** For administrators: reported posts that nobody has looked at, oldest first. */
export const reportsOutput = z.array(
  z.object({
    post: postOutput,
    reports: z.array(z.object({ reporter_id: z.string(), reason: z.string(), created_at: isoTime })),
  }),
);
export const resolveReportInput = z.strictObject({ postId: id, resolution: z.enum(["kept", "removed"]) });

/** `GET /api/community/profiles/:userId`. */
export const profileInput = z.strictObject({ userId: storable(64) });
export const profileOutput = authorOutput.extend({ member_since: isoTime, post_count: z.int() });

export const onCommunityEventInput = z.strictObject({ lastEventId: z.string().max(80).nullish() }).optional();
