import { ATTEMPTS_KEPT } from "../store/retention.ts";
import type { Store } from "../store/store.ts";
import type { Delivery, DeliveryAttempt, DeliveryStatus } from "../store/tables.ts";

/** Writes down one attempt of a delivery. Its id is made of both, so that the log draws nothing from the seed. */
export function logAttempt(store: Store, attempt: Omit<DeliveryAttempt, "id"> & { number: number }): void {
  const { number, ...row } = attempt;
  const idOf = (count: number) => `${attempt.delivery}_${count}`;
  store.put("deliveryAttempts", { id: idOf(number), ...row });
  const oldest = idOf(number - ATTEMPTS_KEPT);
  if (store.get("deliveryAttempts", oldest) !== undefined) store.remove("deliveryAttempts", oldest);
}

/** Every attempt that is still known, oldest first; of one delivery when it is named. */
export function attemptsOf(store: Store, delivery?: string): DeliveryAttempt[] {
  return delivery === undefined
    ? store.all("deliveryAttempts")
    : store.where("deliveryAttempts", "delivery", delivery);
}

export interface DeliveryFilter {
  event?: string | undefined;
  endpoint?: string | undefined;
  status?: DeliveryStatus | undefined;
}

export const DELIVERY_STATUSES: readonly DeliveryStatus[] = ["pending", "succeeded", "exhausted", "dropped"];

/** Deliveries of this event, to this endpoint, in this state; oldest first. */
export function filterDeliveries(store: Store, { event, endpoint, status }: DeliveryFilter): Delivery[] {
  const rows = event === undefined ? store.all("deliveries") : store.where("deliveries", "event", event);
  return rows.filter(
    (row) =>
      (endpoint === undefined || row.endpoint === endpoint) &&
      (status === undefined || row.status === status),
  );
}
