import { customerEvents } from "~/realtime/customer-events.server";
import { adminEvents, agentEvents } from "~/realtime/staff-events.server";
import { schemaOf } from "./schema-of.server";

/** What may be said at each socket, with the shape of its `data`. */
export const socketEvents = () =>
  [
    { path: "/ws/chat", events: customerEvents },
    { path: "/ws/cs", events: agentEvents },
    { path: "/ws/admin", events: adminEvents },
  ].map(({ path, events }) => ({
    path,
    events: [...events].map(([event, { input }]) => ({ event, fields: fieldsOf(schemaOf(input)) })),
  }));

interface Field {
  name: string;
  required: boolean;
}

function fieldsOf(schema: Record<string, unknown>): Field[] {
  const required = (schema.required ?? []) as string[];
  return Object.keys((schema.properties ?? {}) as object).map((name) => ({ name, required: required.includes(name) }));
}
