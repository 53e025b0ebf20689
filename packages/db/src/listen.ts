import postgres from "postgres";

/** What to listen for, and whom to tell. */
export type ListenOptions = {
  channel: string;
  onNotify: (payload: string) => void;
  /** Called each time listening begins (anew): what was notified in between is lost, so look for yourself. */
  onListening?: () => void;
};

/**
 * Listens on a connection of its own until closed; a cut connection is made again for ever, at most 5 s apart.
 * Resolves when it listens. Needs a direct connection: a transaction pooler drops LISTEN. Treat payloads as nudges.
 */
export async function listen(url: string, options: ListenOptions): Promise<{ close(): Promise<void> }> {
  const sql = postgres(url, {
    max: 1,
    connect_timeout: 5,
    onnotice: () => {},
    backoff: (attempt: number) => Math.min(0.1 * 2 ** attempt, 5),
    connection: { application_name: "liveassist listen" },
  });
  await sql.listen(options.channel, options.onNotify, options.onListening);
  return { close: () => sql.end({ timeout: 1 }) };
}
