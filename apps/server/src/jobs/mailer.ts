import { type Deps, sendDueMails } from "@liveassist/api";
import type { Vitals } from "../vitals.ts";
import { type Job, repeat } from "./repeat.ts";

/** Looks each second for mails to send: what a transaction wrote, and what a mail server refused before. */
export const startMailer = (deps: Deps, vitals: Vitals): Job =>
  repeat(deps, vitals, { job: "mailer", turn: () => sendDueMails(deps) });
