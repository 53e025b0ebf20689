import { connect, createServer, type Socket } from "node:net";
import { afterAll, expect, test, vi } from "vitest";
import { listen } from "./index.ts";
import { createTestDatabase } from "./testing.ts";

const database = await createTestDatabase();
afterAll(() => database.close());

/** A road to the database that can be closed and opened again. */
async function road(target: URL) {
  const open = new Set<Socket>();
  const server = createServer((client) => {
    const upstream = connect(Number(target.port), target.hostname);
    for (const [from, to] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      open.add(from);
      from.on("error", () => {}).on("close", () => to.destroy());
      from.pipe(to);
    }
  });
  const up = (port = 0) => new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  await up();
  const { port } = server.address() as { port: number };
  const url = new URL(target);
  url.port = String(port);
  const down = () => {
    server.close();
    for (const socket of open) socket.destroy();
    open.clear();
  };
  return { url: url.href, down, up: () => up(port) };
}

test("hears what is notified, and hears again after the road to the database was cut and mended", async () => {
  const way = await road(new URL(database.url));
  const heard: string[] = [];
  const began = vi.fn();
  const listening = await listen(way.url, {
    channel: "nudge",
    onNotify: (it) => heard.push(it),
    onListening: began,
  });
  await database.sql`select pg_notify('nudge', 'one')`;
  await vi.waitFor(() => expect(heard).toEqual(["one"]));

  way.down();
  await new Promise((resolve) => setTimeout(resolve, 700));
  await way.up();
  await vi.waitFor(() => expect(began).toHaveBeenCalledTimes(2), 8000);
  await database.sql`select pg_notify('nudge', 'two')`;
  await vi.waitFor(() => expect(heard).toEqual(["one", "two"]));
  await listening.close();
  way.down();
});
