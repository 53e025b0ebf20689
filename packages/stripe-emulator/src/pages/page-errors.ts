import type { FastifyInstance } from "fastify";
import { StripeError } from "../http/errors.ts";
import { notice, sendPage } from "./document.ts";

const BROKEN = "The emulator could not show this page. Its log says why.";
const UNREADABLE = "The emulator could not read what was sent to this page.";

/** Pages answer with pages: 400 to a form nobody can read, 404 to an id no object has, and `onError` gets the rest. */
export function answerPageErrors(pages: FastifyInstance, onError: (text: string) => void): void {
  pages.addHook("onRequest", async (request, reply) => {
    const ids: unknown[] = Object.values(request.params ?? {});
    // Ids go into addresses that pages lead to.
    if (ids.every((id) => /^[\w-]*$/.test(String(id)))) return;
    const text = "There is nothing at this address.";
    await sendPage(reply, notice({ title: "Not found", text, status: 404 }));
  });
  pages.setErrorHandler((error, _request, reply) => {
    const status = statusOf(error);
    if (status < 500)
      return sendPage(reply, notice({ title: "This did not work", text: UNREADABLE, status }));
    const what = error instanceof Error ? (error.stack ?? error.message) : String(error);
    onError(`stripe-emulator: page error: ${what}`);
    return sendPage(reply, notice({ title: "Something went wrong", text: BROKEN, status }));
  });
}

/** What is wrong with a request says so itself, be it the emulator's own refusal or fastify's. */
function statusOf(error: unknown): number {
  if (error instanceof StripeError) return error.status;
  const status = error instanceof Error && "statusCode" in error ? Number(error.statusCode) : 500;
  return status >= 400 ? status : 500;
}
