import { EventDetail } from "./event-detail.tsx";
import { EventList } from "./event-list.tsx";

/** The ledger of webhook events, or one of them. */
export default function EventsPage({ item }: { item: string | null }) {
  return item === null ? <EventList /> : <EventDetail key={item} eventId={item} />;
}
