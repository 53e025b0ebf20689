/** What keeps LiveAssist from starting. The message is one line for a person, and says what to do. */
export class StartError extends Error {
  override name = "StartError";
}
