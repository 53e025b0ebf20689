import { failureOf } from "../../lib/failure.ts";

/** Null for what is not there; an id that is no id is as good as one that does not exist. */
export async function orNone<Answer>(asked: Promise<Answer>): Promise<Answer | null> {
  try {
    return await asked;
  } catch (thrown) {
    const { code } = failureOf(thrown);
    if (code === "NOT_FOUND" || code === "INVALID_INPUT") return null;
    throw thrown;
  }
}
