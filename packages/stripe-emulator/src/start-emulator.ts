import { type AddressInfo, createServer } from "node:net";
import { playCheckout } from "./billing/play-checkout.ts";
import { wrongOption } from "./command/check-options.ts";
import { wrongSetting } from "./command/read-setting.ts";
import { authenticate } from "./control/authentication-routes.ts";
import { decideDispute, disputeCharge } from "./control/dispute-routes.ts";
import { attemptsOf } from "./delivery/attempts.ts";
import { FORWARD_ID, ForwardEndpoints } from "./delivery/forward-endpoints.ts";
import type { Emulator, EmulatorOptions } from "./emulator.ts";
import { Engine } from "./engine.ts";
import { randomSource, randomText } from "./ids.ts";
import { rollSecret } from "./resources/roll-secret.ts";
import { registerEndpoint } from "./resources/webhook-endpoints.ts";
import { buildServer } from "./server.ts";
import { DEFAULT_SETTINGS } from "./settings.ts";
import { snapshotInfo } from "./store/snapshot.ts";
import { WORLD_TABLES } from "./store/store.ts";

const DAY_MS = 24 * 3_600_000;

/**
 * Starts an emulator that listens on loopback. Rejects when the port is taken or the data file cannot be used, and with a
 * RangeError for an option or a setting that is none.
 */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  refuseWrong(options);
  const log = options.log ?? (() => {});
  const onError = options.onError ?? ((text: string) => void process.stderr.write(`${text}\n`));
  await tryPort(options);
  const engine = new Engine({
    dataFile: options.dataFile,
    clock: options.clock,
    seed: options.seed,
    settings: { ...DEFAULT_SETTINGS, ...options.settings },
    retryProfile: options.retryProfile ?? "fast",
    deliveryTimeoutMs: options.deliveryTimeoutMs ?? 10_000,
    log,
    onError,
  });
  const { world, store, deliveries } = engine;
  const webhookSecret = options.webhookSecret ?? keptSecret(engine, options.seed);
  const forward = new ForwardEndpoints(world, { ...options, secret: webhookSecret });
  const reset = () => {
    engine.reset();
    forward.register();
  };
  const restore = (id: string) => {
    engine.restore(id);
    moveHere(engine);
    forward.correct();
    engine.look();
  };
  let latency = options.apiLatencyMs ?? 0;
  const app = buildServer({
    engine,
    secretKey: options.secretKey,
    latency: () => latency,
    reset,
    restore,
    onError,
  });
  try {
    await app.listen({ port: options.port ?? 0, host: options.host ?? "127.0.0.1" });
  } catch (error) {
    await engine.close();
    throw error;
  }
  const { port } = app.server.address() as AddressInfo;
  const url = `http://${options.host ?? "127.0.0.1"}:${port}`;
  world.origin = url;
  moveHere(engine);
  forward.register();
  engine.start();

  return {
    url,
    port,
    webhookSecret,
    addEndpoint(target, endpoint = {}) {
      const { id, secret } = registerEndpoint(world, { url: target, secret: webhookSecret, ...endpoint });
      store.commit();
      return { id, secret };
    },
    removeEndpoint(id) {
      store.remove("endpoints", id);
      store.remove("endpointSecrets", id);
      store.commit();
      engine.look();
    },
    rollSecret({ endpoint = FORWARD_ID, keepMs = DAY_MS, ...given } = {}) {
      const secret = rollSecret(world, endpoint, { keepMs, now: engine.now(), ...given });
      store.commit();
      return secret;
    },
    dispute: (charge, { reason = "fraudulent", inquiry = false } = {}) =>
      disputeCharge(engine, charge, { reason, inquiry }).id,
    closeDispute: (id, outcome) => void decideDispute(engine, id, outcome),
    authenticate: (intent, outcome) => void authenticate(engine, intent, outcome),
    async completeCheckout(id, card, pay) {
      const result = playCheckout(world, id, { card, ...pay });
      engine.look();
      return result;
    },
    clock: {
      now: () => engine.now(),
      nextDue: () => engine.nextDue(),
      advance: (ms) => engine.advanceTo(engine.now() + ms),
      set: (ms) => engine.advanceTo(ms),
    },
    settled: () => engine.settled(),
    events: () => store.all("events"),
    deliveries: () => deliveries.all(),
    attempts: (id) => attemptsOf(store, id),
    resend: (event, endpoint) => deliveries.resend(event, endpoint),
    setDelivery({ hold }) {
      deliveries.hold = hold;
      engine.look();
    },
    async deliver(ids) {
      const statuses: (number | null)[] = [];
      for (const id of ids) statuses.push(...(await deliveries.deliver(id)));
      return statuses;
    },
    drop(ids) {
      for (const id of ids) deliveries.drop(id);
    },
    chaos: {
      set(rules) {
        engine.chaos.set(rules);
        engine.look();
      },
      add: (rule) => engine.chaos.add(rule),
      clear: () => engine.calm(),
      release() {
        deliveries.release();
        engine.look();
      },
      read: () => engine.chaos.read(),
    },
    get(id) {
      for (const table of WORLD_TABLES) {
        const document = store.get(table, id);
        if (document !== undefined) return document;
      }
      return null;
    },
    setApiLatency(ms) {
      latency = ms;
    },
    reset,
    snapshot: (name) => engine.snapshot(name).id,
    restore,
    snapshots: {
      list: () => store.all("snapshots").map(snapshotInfo),
      remove: (id) => engine.forgetSnapshot(id),
    },
    async close() {
      await app.close();
      await engine.close();
    },
  };
}

function refuseWrong(options: EmulatorOptions): void {
  const wrong = wrongOption(options);
  if (wrong !== null) throw new RangeError(`startEmulator: ${wrong.option} must ${wrong.must}.`);
  const problem = wrongSetting(options.settings ?? {});
  if (problem !== null) throw new RangeError(`startEmulator: settings: ${problem}`);
}

/** Fails for a taken port before the data file is opened, which another emulator may be writing. */
async function tryPort({ port = 0, host = "127.0.0.1" }: EmulatorOptions): Promise<void> {
  if (port === 0) return;
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, resolve);
  });
  await new Promise((resolve) => server.close(resolve));
}

/** A secret made once and kept with the state, so that a restart does not change it. */
function keptSecret(engine: Engine, seed: number | undefined): string {
  const kept = engine.store.get("endpointSecrets", FORWARD_ID)?.secrets[0]?.secret;
  if (kept !== undefined) return kept;
  const secret = `whsec_${randomText(randomSource(seed), 32)}`;
  engine.store.put("endpointSecrets", { id: FORWARD_ID, secrets: [{ secret, expiresAt: null }] });
  engine.store.commit();
  return secret;
}

/** Pages of open sessions and invoices are found under the address of this start, which may differ from the last one's. */
function moveHere({ store, world }: Engine): void {
  for (const session of store.all("sessions")) {
    const url = `${world.origin}/c/pay/${session.id}`;
    if (session.status === "open" && session.url !== null && session.url !== url)
      store.put("sessions", { ...session, url });
  }
  for (const invoice of store.all("invoices")) {
    const hosted_invoice_url = `${world.origin}/invoices/${invoice.id}`;
    if (invoice.status === "open" && invoice.hosted_invoice_url !== hosted_invoice_url)
      store.put("invoices", { ...invoice, hosted_invoice_url });
  }
  store.commit();
}
