import { OpenAiStub } from "./openai-stub.ts";
import { type StartedApp, type StartOptions, startApp } from "./start-app.ts";
import { StripeStub } from "./stripe-stub.ts";

/** A server whose assistant is a model that says what a test tells it to. */
export interface ChatWorld {
  readonly model: OpenAiStub;
  readonly server: StartedApp;
  /** The settings of a server that shares the model, Stripe and the database. */
  readonly shared: StartOptions;
  stop(): Promise<void>;
}

/** Starts model, Stripe and one server; more are the test's own to start and stop. */
export async function startChatWorld(): Promise<ChatWorld> {
  const stub = await new StripeStub().start();
  const model = await new OpenAiStub().start();
  const stripe = { url: stub.url, secret: stub.secret };
  const env = { AI_BASE_URL: model.url, AI_MODEL: "stub" };
  const server = await startApp({ stripe, env });
  return {
    model,
    server,
    shared: { stripe, database: server.database, env: { ...env, APP_URL: server.url } },
    async stop() {
      await server.stop();
      await model.stop();
      await stub.stop();
    },
  };
}
