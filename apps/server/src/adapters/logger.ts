import { mask, maskText } from "@liveassist/shared/mask";
import { type Logger as Pino, pino } from "pino";

function toLine(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const cause = error.cause instanceof Error ? { cause: toLine(error.cause) } : {};
  return { type: error.name, message: maskText(error.message), stack: maskText(error.stack ?? ""), ...cause };
}

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
