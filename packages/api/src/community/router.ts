import {
  createPostInput,
  editPostInput,
  listPostsInput,
  onCommunityEventInput,
  postInput,
  postOutput,
  postsOutput,
  profileInput,
  profileOutput,
  reportPostInput,
  reportsOutput,
  resolveReportInput,
} from "@liveassist/shared/inputs/community";
import { doneOutput } from "@liveassist/shared/inputs/liveassist";
import { z } from "zod";
import { adminProcedure, limitedProcedure, router, userProcedure } from "../trpc.ts";
import { createPost } from "./create-post.ts";
import { deletePost } from "./delete-post.ts";
import { editPost } from "./edit-post.ts";
import { listPosts } from "./list-posts.ts";
import { listReports } from "./list-reports.ts";
import { onEvent } from "./on-event.ts";
import { readPost } from "./read-post.ts";
import { readProfile } from "./read-profile.ts";
import { reportPost } from "./report-post.ts";
import { resolveReport } from "./resolve-report.ts";

const POST = "/api/community/posts/:postId";

export const communityRouter = router({
  listPosts: userProcedure
    .meta({
      rest: { method: "GET", path: "/api/community/posts" },
      summary: "Posts, newest first; `author` for those of one person",
    })
    .input(listPostsInput)
    .output(postsOutput)
    .query(({ ctx, input }) => listPosts(ctx.deps, ctx.actor, input ?? { limit: 20 })),
  readPost: userProcedure
    .meta({ rest: { method: "GET", path: POST }, summary: "One post" })
    .input(postInput)
    .output(postOutput)
    .query(({ ctx, input }) => readPost(ctx.deps, ctx.actor, input)),
  createPost: limitedProcedure("posts")
    .meta({
      rest: { method: "POST", path: "/api/community/posts" },
      summary: "Post something; the same `clientPostId` again gives the same post",
    })
    .input(createPostInput)
    .output(postOutput)
    .mutation(({ ctx, input }) => createPost(ctx.deps, ctx.actor, input)),
  editPost: limitedProcedure("posts")
    .meta({ rest: { method: "PATCH", path: POST }, summary: "Change the text of one's own post" })
    .input(editPostInput)
    .output(postOutput)
    .mutation(({ ctx, input }) => editPost(ctx.deps, ctx.actor, input)),
  deletePost: userProcedure
    .meta({ rest: { method: "DELETE", path: POST }, summary: "Delete one's own post with its pictures" })
    .input(postInput)
    .output(doneOutput)
    .mutation(({ ctx, input }) => deletePost(ctx.deps, ctx.actor, input)),
  reportPost: limitedProcedure("posts")
    .meta({
      rest: { method: "POST", path: `${POST}/report` },
      summary: "Report a post: it is hidden for the caller, and administrators look at it",
    })
    .input(reportPostInput)
    .output(doneOutput)
    .mutation(({ ctx, input }) => reportPost(ctx.deps, ctx.actor, input)),
  readProfile: userProcedure
    .meta({
      rest: { method: "GET", path: "/api/community/profiles/:userId" },
      summary: "What everybody may see of a person",
    })
    .input(profileInput)
    .output(profileOutput)
    .query(({ ctx, input }) => readProfile(ctx.deps, ctx.actor, input)),
  listReports: adminProcedure
    .meta({
      rest: { method: "POST", path: "/api/admin/reports/list" },
      summary: "Reported posts nobody has looked at, oldest first",
    })
    .input(z.strictObject({}).optional())
    .output(reportsOutput)
    .query(({ ctx }) => listReports(ctx.deps, ctx.actor)),
  resolveReport: adminProcedure
    .meta({
      rest: { method: "POST", path: "/api/admin/reports/resolve" },
      summary: "Keep a reported post, or remove it for everybody",
    })
    .input(resolveReportInput)
    .output(doneOutput)
    .mutation(({ ctx, input }) => resolveReport(ctx.deps, ctx.actor, input)),
  onEvent: userProcedure
    .input(onCommunityEventInput)
    .subscription(({ ctx, input, signal }) =>
      onEvent(ctx.deps, ctx.actor, { cursor: input?.lastEventId, signal }),
    ),
});
