import type { billingOutput, siteOutput, withdrawalOutput } from "@liveassist/shared/inputs/subscription";
import type { inferRouterInputs, inferRouterOutputs } from "@trpc/server";
import type { z } from "zod";
import type { AppRouter } from "./root.ts";

/** The only entry for the web: types, no code. */
export type { AuthorView, CommunityEvent, PostView } from "@liveassist/shared/community-events";
export type { ErrorBody } from "@liveassist/shared/errors";
export type { SubscriptionUpdated } from "@liveassist/shared/events";
export type {
  MessageStatus,
  MessageView,
  ReplyFailure,
  SessionEvent,
  UploadView,
} from "@liveassist/shared/session-events";
export type { AppRouter } from "./root.ts";
export type Inputs = inferRouterInputs<AppRouter>;
export type Outputs = inferRouterOutputs<AppRouter>;
export type Me = Outputs["user"]["me"];
export type SubscriptionStatus = Outputs["subscription"]["status"];
export type Offer = Outputs["subscription"]["offer"];
export type Session = Outputs["liveassist"]["listSessions"][number];
export type UnsentUpload = Outputs["liveassist"]["listUploads"][number];
export type Profile = Outputs["community"]["readProfile"];
export type Reported = Outputs["community"]["listReports"][number];
export type Login = Outputs["user"]["listLogins"][number];
export type Billing = z.infer<typeof billingOutput>;
export type Withdrawal = z.infer<typeof withdrawalOutput>;
export type Site = z.infer<typeof siteOutput>;
