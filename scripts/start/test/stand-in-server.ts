// A server that does as STAND_IN says: for what the launcher does with servers that end, refuse or hang.
import { createServer } from "node:http";

const how = process.env["STAND_IN"] ?? "serve";
if (how === "refuse") {
  process.stderr.write("TRIAL_DAYS is not valid.\n");
  process.exit(1);
}
if (how === "vanish") process.exit(3);
if (how === "deaf") process.on("SIGTERM", () => {});
else process.on("SIGTERM", () => process.exit(0));
process.on("disconnect", () => process.exit(0));

const server = createServer((request, response) => {
  if (request.url === "/die") process.exit(7);
  process.stdout.write(
    `${JSON.stringify({ level: "info", time: new Date().toISOString(), msg: "asked", url: request.url })}\n`,
  );
  response.end(String(process.pid));
});
server.listen(Number(process.env["PORT"]), "127.0.0.1", () => process.send?.({ type: "ready" }));
