/** Whatever keeps the embedded Postgres from running. The message is one line for a person, and says what to do. */
export class EmbeddedPostgresError extends Error {
  override name = "EmbeddedPostgresError";
}
