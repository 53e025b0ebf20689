import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { createAlerts } from "./alerts.ts";

/** Where alerts go to, as whoever set it up copied it: the path is a secret. */
async function hook(answer: RequestListener): Promise<URL> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/services/T0/S3CRET`);
}
/** What is said of a failure, to the log and on the console. */
const failureOf = (url: URL, patienceMs?: number): Promise<Error> =>
  createAlerts(String(url), patienceMs)
    .send("Help")
    .then(
      () => expect.unreachable("it was taken"),
      (error: unknown) => error as Error,
    );

test("a message is posted as Slack takes it", async () => {
  const heard: unknown[] = [];
  const url = await hook((request, response) => {
    let body = "";
    request.on("data", (part) => {
      body += String(part);
    });
    request.on("end", () => {
      heard.push([request.method, request.url, request.headers["content-type"], JSON.parse(body)]);
      response.end("ok");
    });
  });
  await createAlerts(String(url)).send("Help");
  expect(heard).toEqual([["POST", "/services/T0/S3CRET", "application/json", { text: "Help" }]]);
});

test("a user and password in the address are sent, as a proxy before it may ask for them", async () => {
  const heard: unknown[] = [];
  const url = await hook((request, response) => {
    heard.push(request.headers.authorization);
    response.end();
  });
  url.username = "ann";
  url.password = "p@ss wörd";
  await createAlerts(String(url)).send("Help");
  expect(heard).toEqual([`Basic ${Buffer.from("ann:p@ss wörd").toString("base64")}`]);
});

test("whatever does not take it is an error that says why, and not where to", async () => {
  const refusing = await hook((_request, response) => void response.writeHead(404).end("no such S3CRET"));
  expect((await failureOf(refusing)).message).toBe("the alert webhook answered 404");
  const moved = await hook(
    (_request, response) => void response.writeHead(302, { location: "/S3CRET" }).end(),
  );
  expect((await failureOf(moved)).message).toBe("the alert webhook answered 302");
  const gone = await hook(() => {});
  gone.port = "1";
  const failure = await failureOf(gone);
  expect(failure.message).toMatch(/^the alert webhook could not be reached: .*(ECONNREFUSED|bad port)/);
  expect(JSON.stringify([failure.message, failure.stack, failure.cause])).not.toContain("S3CRET");
});

test("one that only listens is given up on", async () => {
  const silent = await hook(() => {});
  expect((await failureOf(silent, 100)).message).toMatch(
    /^the alert webhook could not be reached: .*timeout/,
  );
});
