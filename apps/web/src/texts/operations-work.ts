/** Words of the pages about jobs and about what administrators did. Numbers and times come in already written. */
export const jobTexts = {
  title: "Jobs",
  about:
    "What runs in the background of each server. A job that fails is tried again by itself; one that hangs needs a restart.",
  loading: "jobs",
  failed: "The jobs did not come",
  empty: "No server has said what it runs",
  emptyText: "Each server says so every few seconds.",
  columns: {
    job: "Job",
    state: "State",
    server: "Server",
    success: "Last success",
    every: "Every",
    lag: "Behind",
    error: "Last error",
    restart: null,
  },
  states: { ok: "OK", failing: "Failing", hung: "Hangs" },
  runningSince: "Under way since",
  never: "Never yet",
  restartAsked: "Restart asked",
  failedAt: "Failed",
  restart: "Restart…",
  restartLabel: (job: string, server: string) => `Restart ${job}, running on ${server}`,
  dialog: {
    title: (job: string) => `Restart ${job}?`,
    text: "On every server it leaves its turn and begins anew within seconds. That is safe at any time: what it was doing is taken up again.",
    confirm: "Restart",
    busy: "Restarting…",
  },
  done: (job: string, servers: number) =>
    servers === 1
      ? `${job} was asked to begin anew.`
      : `${job} was asked to begin anew on ${servers} servers.`,
} as const;

export const actionTexts = {
  title: "Actions",
  about: "Every change an administrator or a command made, written down before it was done.",
  columns: {
    action: "Action",
    actor: "Who",
    user: "About",
    input: "Asked for",
    at: "When",
    outcome: "Outcome",
  },
  command: "Command",
  unknownActor: "Unknown",
  done: "Done",
  unfinished: "Did not end",
  user: "About user",
  actor: "By administrator",
  idHint: "Id of a user",
  empty: "Nobody did anything yet",
  emptyText: "Replays, repairs, restarts and decisions stand here.",
  emptyFiltered: "No action matches",
  nothing: "Nothing",
  input: "What was asked for",
} as const;
