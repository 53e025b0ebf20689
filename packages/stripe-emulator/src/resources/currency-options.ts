import { badParam, badState } from "../http/errors.ts";
import { hash, type Reader } from "../http/params.ts";
import { positive } from "./positive.ts";

/** `currency_options`: one amount for each further currency, by the name it has in the hash. */
export function currencyOptions(key: string): Reader<Record<string, number>> {
  const option = hash({ [key]: positive }, key);
  return (value, at, version) => {
    if (typeof value === "string" || Array.isArray(value))
      throw badParam("parameter_invalid", "Invalid object", at);
    const entries = Object.entries(value).map(([currency, entry]) => {
      if (!/^[a-z]{3}$/.test(currency)) throw notACurrency(currency, at);
      return [currency, Number(option(entry, `${at}[${currency}]`, version)[key])] as const;
    });
    return Object.fromEntries(entries);
  };
}

function notACurrency(currency: string, at: string) {
  const lower = currency.toLowerCase();
  const message = /^[a-z]{3}$/.test(lower)
    ? `Currencies must be lowercase when used as keys in a map. Use \`${lower}\` instead of \`${currency}\`.`
    : `Invalid currency: ${currency}.`;
  return badState(message, { param: at });
}
