import { exportOutput } from "@liveassist/shared/inputs/operations";
import {
  deleteAccountInput,
  grantXpInput,
  loginsOutput,
  meOutput,
  revokeLoginInput,
  xpOutput,
} from "@liveassist/shared/inputs/user";
import { z } from "zod";
import { adminProcedure, limitedProcedure, router, userProcedure } from "../trpc.ts";
import { deleteAccount } from "./delete-account.ts";
import { exportData } from "./export-data.ts";
import { grantXp } from "./grant-xp.ts";
import { listLogins } from "./list-logins.ts";
import { readMe } from "./read-me.ts";
import { revokeLogin } from "./revoke-login.ts";

const nothing = z.strictObject({}).optional();

export const userRouter = router({
  me: userProcedure
    .meta({
      rest: { method: "GET", path: "/api/users/me" },
      summary: "Who is signed in, and what they may do",
    })
    .input(nothing)
    .output(meOutput)
    .query(({ ctx }) => readMe(ctx.deps, ctx.actor)),
  grantXp: adminProcedure
    .meta({
      rest: { method: "POST", path: "/api/users/grant-xp" },
      summary: "Grant XP, once per idempotency key",
    })
    .input(grantXpInput)
    .output(xpOutput)
    .mutation(({ ctx, input }) => grantXp(ctx.deps, ctx.actor, input)),
  deleteAccount: limitedProcedure("sign-in")
    .meta({
      rest: { method: "POST", path: "/api/users/delete-account" },
      summary: "Delete the caller's account; what they pay for is cancelled first",
    })
    .input(deleteAccountInput)
    .output(z.object({ deleted: z.literal(true) }))
    .mutation(({ ctx, input }) => deleteAccount(ctx.deps, ctx.actor, input)),
  exportData: limitedProcedure("sign-in")
    .meta({
      rest: { method: "POST", path: "/api/users/export-data" },
      summary: "Everything kept about the caller",
    })
    .input(nothing)
    .output(exportOutput)
    .mutation(({ ctx }) => exportData(ctx.deps, ctx.actor)),
  listLogins: userProcedure
    .meta({ summary: "Where the caller is signed in" })
    .input(nothing)
    .output(loginsOutput)
    .query(({ ctx }) => listLogins(ctx.deps, ctx.actor)),
  revokeLogin: userProcedure
    .meta({ summary: "End one of the caller's logins" })
    .input(revokeLoginInput)
    .output(z.object({ revoked: z.boolean() }))
    .mutation(({ ctx, input }) => revokeLogin(ctx.deps, ctx.actor, input)),
});
