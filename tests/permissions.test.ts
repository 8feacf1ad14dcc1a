import { expect, test } from "vitest";
import { EVENTS, ROUTES } from "~/auth/permissions";
import { customerEvents } from "~/realtime/customer-events.server";
import { adminEvents, agentEvents } from "~/realtime/staff-events.server";
import { builtRoutes } from "~/testing/built-routes";

const TABLES = { customer: customerEvents, cs: agentEvents, admin: adminEvents };
const speaking = builtRoutes().filter(({ hasLoader, hasAction }) => hasLoader || hasAction);
const patterns = [...new Set(speaking.map(({ pattern }) => pattern))].sort();

test("every page, form and call of the build has its row in the table of permissions, and no other", () => {
  const missing = patterns.filter((pattern) => !(pattern in ROUTES));
  const hint = 'open to nobody: add it to ROUTES in app/auth/permissions.ts, such as "/admin/users": "admin"';
  expect(missing, `${missing.join(", ")}: ${hint}`).toEqual([]);
  expect(Object.keys(ROUTES).filter((pattern) => !patterns.includes(pattern))).toEqual([]);
});

test.each(Object.entries(TABLES))("every event of the door %s has its row, and no other", (door, table) => {
  const rows = Object.keys(EVENTS[door as keyof typeof EVENTS]);
  const missing = [...table.keys()].filter((event) => !rows.includes(event));
  const hint = `open to nobody: add it to EVENTS.${door} in app/auth/permissions.ts`;
  expect(missing, `${missing.join(", ")}: ${hint}`).toEqual([]);
  expect(rows.filter((event) => !table.has(event))).toEqual([]);
});
