import { siteOutput } from "@liveassist/shared/inputs/subscription";
import { z } from "zod";
import { publicProcedure, router } from "../trpc.ts";
import { readSite } from "./read-site.ts";

const nothing = z.strictObject({}).optional();

export const siteRouter = router({
  info: publicProcedure
    .meta({ rest: { method: "GET", path: "/api/site" }, summary: "What is sold, and who sells it" })
    .input(nothing)
    .output(siteOutput)
    .query(({ ctx }) => readSite(ctx.deps)),
});
