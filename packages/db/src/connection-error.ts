/** The database cannot be used as it is. The message is one line for the operator; it never holds the password. */
export class DatabaseUnusableError extends Error {
  override name = "DatabaseUnusableError";
}

/**
 * Turns what the driver throws while connecting into one line that says where, why and what to do.
 * Returns null for an error that is not about reaching or entering the database.
 */
export function explainConnectionError(url: string, error: unknown): DatabaseUnusableError | null {
  const { code = "", message = "" } = (error ?? {}) as { code?: string; message?: string };
  const place = describe(url);
  if (!place)
    return new DatabaseUnusableError(
      "DATABASE_URL is no address of the form postgres://user:password@host:5432/name.",
    );
  const why =
    REASONS[code] ??
    (code === "" && /ENOTFOUND|ECONNREFUSED/.test(message) ? REASONS.ECONNREFUSED : undefined);
  return why ? new DatabaseUnusableError(`Cannot use the database ${place}: ${why} (${code}).`) : null;
}

const NOT_THERE = "nothing answers there; start it, or correct DATABASE_URL";
const NOT_LET_IN = "it refuses this user or password; correct DATABASE_URL";
const REASONS: Record<string, string> = {
  ECONNREFUSED: NOT_THERE,
  ENOTFOUND: "there is no such host; correct DATABASE_URL",
  EAI_AGAIN: "the host's name cannot be looked up; correct DATABASE_URL, or wait for the network",
  CONNECT_TIMEOUT: NOT_THERE,
  ETIMEDOUT: NOT_THERE,
  EHOSTUNREACH: NOT_THERE,
  ENETUNREACH: NOT_THERE,
  ECONNRESET: "the connection was cut; is it Postgres that listens there?",
  CONNECTION_CLOSED: "the connection was cut; is it Postgres that listens there?",
  CONNECTION_ENDED: "the connection was cut; is it Postgres that listens there?",
  "28P01": NOT_LET_IN,
  "28000": NOT_LET_IN,
  "3D000": "there is no such database; create it, or correct DATABASE_URL",
  "42501": "this user may not create tables; give it the right to",
  "53300": "it has no connection to spare; raise max_connections",
  "57P03": "it is starting up or shutting down; try again in a moment",
};

function describe(url: string): string | null {
  try {
    const { protocol, host, pathname } = new URL(url);
    return /^postgres(ql)?:$/.test(protocol) && host ? `${host}${pathname}` : null;
  } catch {
    return null;
  }
}
