import type { FastifyRequest } from "fastify";
import type { Engine } from "../engine.ts";
import { decodeForm } from "../http/form.ts";
import type { FormFields } from "./card-form.ts";

/** The plain text fields of a submitted form. */
export function fieldsOf(request: FastifyRequest): FormFields {
  const form = decodeForm(typeof request.body === "string" ? request.body : "");
  return Object.fromEntries(
    Object.entries(form).flatMap(([key, value]) => (typeof value === "string" ? [[key, value]] : [])),
  );
}

/** Runs one step on a page, all or nothing, and makes it durable before anybody hears of it. */
export function inOneStep<R>(engine: Engine, work: () => R): R {
  try {
    const result = work();
    engine.store.commit();
    return result;
  } catch (error) {
    engine.store.rollback();
    throw error;
  } finally {
    engine.look();
  }
}
