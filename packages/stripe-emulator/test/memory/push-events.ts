import { Agent, createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import { startEmulator } from "../../src/index.ts";

/** How much is in use after a sample's last delivery (bytes), all garbage collected. */
export interface Sample {
  events: number;
  heap: number;
  rows: number;
}

const AT_ONCE = 16;

/**
 * Pushes events through an emulator to an endpoint of its own process, and measures after every so many. Run as a
 * program of its own with --expose-gc: `push-events.ts <events> <every>` writes the samples as JSON.
 */
async function pushEvents(events: number, every: number): Promise<Sample[]> {
  let arrived = 0;
  const hook = createServer((incoming, response) => {
    incoming.resume();
    incoming.on("end", () => {
      arrived += 1;
      response.end();
    });
  });
  await new Promise<void>((resolve) => hook.listen(0, "127.0.0.1", resolve));
  const emulator = await startEmulator({
    forwardTo: `http://127.0.0.1:${(hook.address() as AddressInfo).port}/`,
  });
  const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE });
  let sent = 0;
  const post = (path: string, body: string) =>
    new Promise<string>((resolve, reject) => {
      sent += 1;
      const headers = { authorization: "Bearer sk_test_memory", "idempotency-key": `key-${sent}` };
      const call = request({ agent, port: emulator.port, host: "127.0.0.1", path, method: "POST", headers });
      call.on("response", (response) => {
        let text = "";
        response.on("data", (chunk) => {
          text += chunk;
        });
        response.on("end", () => resolve(text));
      });
      call.on("error", reject);
      call.end(body);
    });
  const { id } = JSON.parse(await post("/v1/products", "name=P")) as { id: string };
  const samples: Sample[] = [];
  while (sent < events) {
    const until = sent + every;
    const one = async () => {
      while (sent < until) await post(`/v1/products/${id}`, `name=P${sent}`);
    };
    await Promise.all(Array.from({ length: AT_ONCE }, one));
    await emulator.settled();
    samples.push({ events: arrived, heap: heapInUse(), rows: emulator.events().length });
  }
  agent.destroy();
  await emulator.close();
  await new Promise((resolve) => hook.close(resolve));
  return samples;
}

function heapInUse(): number {
  for (let round = 0; round < 3; round += 1) globalThis.gc?.();
  return process.memoryUsage().heapUsed;
}

const [events = "100000", every = "20000"] = process.argv.slice(2);
process.stdout.write(JSON.stringify(await pushEvents(Number(events), Number(every))));
