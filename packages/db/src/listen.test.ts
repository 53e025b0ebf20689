import { connect, createServer, type Socket } from "node:net";
import { afterAll, expect, test, vi } from "vitest";
import { listen } from "./index.ts";
import { createTestDatabase } from "./testing.ts";

const database = await createTestDatabase();
afterAll(() => database.close());

/** A road to the database that can be closed and opened again, and counts who was turned away meanwhile. */
async function road(target: URL) {
  const open = new Set<Socket>();
  let closed = false;
  let refused = 0;
  const server = createServer((client) => {
    if (closed) {
      refused += 1;
      client.destroy();
      return;
    }
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
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as { port: number };
  const url = new URL(target);
  url.port = String(port);
  const down = () => {
    closed = true;
    for (const socket of open) socket.destroy();
    open.clear();
  };
  const up = () => {
    closed = false;
  };
  return { url: url.href, down, up, refused: () => refused, end: () => server.close() };
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
  await vi.waitFor(() => expect(way.refused()).toBeGreaterThan(1), 8000);
  way.up();
  await vi.waitFor(() => expect(began).toHaveBeenCalledTimes(2), 8000);
  await database.sql`select pg_notify('nudge', 'two')`;
  await vi.waitFor(() => expect(heard).toEqual(["one", "two"]));
  await listening.close();
  way.down();
  way.end();
});
