import { z } from "zod";

/** An id or key typed by a caller: 1 to `max` UTF-16 units that Postgres and an address can hold, so no NUL and no half of a surrogate pair. */
export const storable = (max: number) =>
  z
    .string()
    .min(1)
    .max(max)
    .refine((text) => text.isWellFormed() && !text.includes("\0"), "has a character that cannot be stored");
