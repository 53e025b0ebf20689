/** What the inbox's sweep is called among the jobs. */
export const SWEEP_JOB = "inbox-sweep";
/** What the outbox's tail is called among the jobs. */
export const TAIL_JOB = "outbox-tail";
