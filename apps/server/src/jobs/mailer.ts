import { type Deps, sendDueMails } from "@liveassist/api";
import { type Job, repeat } from "./repeat.ts";

/** Looks each second for mails to send: what a transaction wrote, and what a mail server refused before. */
export const startMailer = (deps: Deps): Job => repeat(deps, "sending mails", () => sendDueMails(deps));
