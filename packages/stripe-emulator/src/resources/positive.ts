import { badParam } from "../http/errors.ts";
import { integer, type Reader } from "../http/params.ts";

/** A whole number of at least 1. */
export const positive: Reader<number> = (value, at, version) => {
  const number = integer(value, at, version);
  if (number < 1)
    throw badParam("parameter_invalid_integer", "This value must be greater than or equal to 1.", at);
  return number;
};
