import { AsyncLocalStorage } from "node:async_hooks";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { WebSocket } from "ws";
import type { Failpoints } from "./failpoints.ts";

const WEBHOOK = /^\/api\/(webhooks\/stripe|subscriptions\/webhook)/;
const current = new AsyncLocalStorage<"receive" | "calls">();

/** On which road a call from outside is: `receive` for a delivery of Stripe's, else `calls`. */
export const roadOfRequest = (): "receive" | "calls" => current.getStore() ?? "calls";

/** Watches a server's requests, and puts failpoints around the answers to Stripe's deliveries. */
export function watchRequests(server: Server, points: Failpoints): void {
  // One serves; others only count what is under way.
  const listeners = server.listeners("request") as ((...args: unknown[]) => void)[];
  if (listeners.length === 0) throw new Error("the server has no place that serves");
  server.removeAllListeners("request");
  server.on("request", (request: IncomingMessage, response: ServerResponse) => {
    const isWebhook = WEBHOOK.test(request.url ?? "");
    if (isWebhook) watchAnswer(response, points);
    current.run(isWebhook ? "receive" : "calls", () => {
      for (const listener of listeners) listener.call(server, request, response);
    });
  });
}

function watchAnswer(response: ServerResponse, points: Failpoints): void {
  const end = response.end.bind(response) as (...args: unknown[]) => ServerResponse;
  response.end = ((...args: unknown[]) => {
    points.meet("receive · answer: before");
    return end(...args);
  }) as typeof response.end;
  response.on("finish", () => points.meet("receive · answer: after"));
}

/** Puts failpoints around each frame by which a tab hears of its subscription. */
export function watchFrames(points: Failpoints): void {
  const send = WebSocket.prototype.send;
  WebSocket.prototype.send = function (this: WebSocket, ...args: unknown[]) {
    const isNews = String(args[0]).includes('"subscription.updated"');
    if (isNews) points.meet("tail · frame: before");
    Reflect.apply(send, this, args);
    if (isNews) points.meet("tail · frame: after");
  } as typeof send;
}
