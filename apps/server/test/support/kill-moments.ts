import type { Moment } from "./killed-server.ts";

/** At the nth log line that says this. */
export const atLine =
  (message: string, nth = 1): Moment =>
  ({ server, kill }) => {
    let seen = 0;
    server.onLine((line) => {
      if (line["msg"] !== message) return;
      seen += 1;
      if (seen === nth) kill();
    });
  };

/** While Stripe is asked this for the nth time: the call is left hanging, so the answer never comes. */
export const atStripeCall =
  (path: string, nth = 1): Moment =>
  ({ stub, kill }) => {
    let seen = 0;
    stub.fault = (call) => {
      if (!call.path.startsWith(path)) return null;
      seen += 1;
      if (seen < nth) return null;
      kill();
      return "hang";
    };
  };

/** So many milliseconds after the first event was sent. */
export const after =
  (ms: number): Moment =>
  ({ kill }) =>
    void setTimeout(kill, ms);
