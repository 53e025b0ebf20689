import { mask, maskText } from "@liveassist/shared/mask";
import { type Logger as Pino, pino } from "pino";

function toLine(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const cause = error.cause instanceof Error ? { cause: toLine(error.cause) } : {};
  const message = maskText(withoutValues(error.message));
  // The stack begins with the message; what comes behind it are frames.
  const stack = maskText((error.stack ?? "").replace(error.message, () => message));
  return { type: error.name, message, stack, ...cause };
}

/** A failed query ends with its values, which may be what a person wrote, a stack trace of theirs among it. */
const withoutValues = (message: string): string =>
  message.replace(/\nparams: [\s\S]*$/, "\nparams: [masked]");

/** JSON lines on stdout, correlated by the fields callers give, masked here. */
export function createLogger(level: string, destination?: { write(line: string): void }): Pino {
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: {
        level: (label) => ({ level: label }),
        log: (fields) => mask(fields) as Record<string, unknown>,
      },
      serializers: { err: toLine },
    },
    destination ?? pino.destination({ dest: 1, sync: false }),
  );
}
