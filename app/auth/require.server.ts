import { redirect } from "@remix-run/node";
import { NotAllowed, NotSignedIn } from "~/chat/errors";
import { readAccessToken } from "./access-token.server";
import type { Actor, Customer, Staff } from "./actor";
import { staffOfSession } from "./auth-session.server";
import { markActive } from "~/people/attendance.server";
import { LEASE_SECONDS, PAGE_LEASE_SECONDS, renewLease } from "~/people/presence.server";
import { accessCookie, customerCookie } from "./cookies.server";
import { customerOfToken } from "./visitor.server";

interface Credentials {
  cookie: string | null;
  bearer: string | null;
}

export function credentialsOf(request: Request): Credentials {
  const authorization = request.headers.get("Authorization");
  return {
    cookie: request.headers.get("Cookie"),
    bearer: /^Bearer ([\w.-]+)$/.exec(authorization ?? "")?.[1] ?? null,
  };
}

/** The member of staff behind a cookie or a bearer token; null for everybody else. */
export async function staffOf({ cookie, bearer }: Credentials): Promise<Staff | null> {
  const token = bearer ?? accessCookie.read(cookie);
  const claims = token ? await readAccessToken(token) : null;
  return claims && staffOfSession(claims.sid, claims.userId);
}

/** The customer behind a cookie or a bearer token; null before their first chat. */
export async function customerOf({ cookie, bearer }: Credentials): Promise<Customer | null> {
  const token = bearer ?? customerCookie.read(cookie);
  return token ? customerOfToken(token) : null;
}

const asked = new WeakMap<object, Promise<Staff | null>>();

/** Asks the database once for each request. */
export function getStaff(request: Request): Promise<Staff | null> {
  const known = asked.get(request) ?? staffOf(credentialsOf(request));
  asked.set(request, known);
  return known;
}

/** A page's loaders and action each get a request of their own: `whole` stands for all of them. */
export function shareStaff(request: Request, whole: object): void {
  const known = asked.get(whole) ?? getStaff(request);
  asked.set(whole, known).set(request, known);
}

export const getCustomer = (request: Request) => customerOf(credentialsOf(request));

/** For pages: sends strangers to the sign-in form, which leads back. */
export async function requireStaff(request: Request): Promise<Staff> {
  const staff = await getStaff(request);
  if (staff) return atWork(staff, request);
  throw signInFirst(request);
}

/** To the sign-in form, and back afterwards. */
export function signInFirst(request: Request): Response {
  const { pathname, search } = new URL(request.url);
  const back = request.method === "GET" ? pathname.replace(/\.data$/, "") + search : "/cs";
  return redirect(`/login?redirectTo=${encodeURIComponent(back)}`);
}

export async function requireAdmin(request: Request): Promise<Staff> {
  const staff = await requireStaff(request);
  if (staff.role !== "admin") throw new Response("Only admins can see this page.", { status: 403 });
  return staff;
}

/** For programs: refuses with a status, never with a page. */
export async function requireApiStaff(request: Request, role?: "admin"): Promise<Staff> {
  const staff = await getStaff(request);
  if (!staff) throw new NotSignedIn();
  if (role && staff.role !== role) throw new NotAllowed();
  return staff;
}

/** For programs that work as an agent: asking for something is their sign of life. */
export async function requireApiAgent(request: Request): Promise<Staff> {
  const staff = await requireApiStaff(request);
  // A page has its socket for that, and asks here only now and then.
  const { bearer } = credentialsOf(request);
  await renewLease(staff.sid, staff.userId, bearer ? PAGE_LEASE_SECONDS : LEASE_SECONDS);
  return atWork(staff, request);
}

/** Pages renew themselves; only what somebody sends shows that they are at the desk. */
async function atWork(staff: Staff, request: Request): Promise<Staff> {
  if (request.method !== "GET") await markActive(staff.userId);
  return staff;
}

export async function requireApiCustomer(request: Request): Promise<Extract<Actor, { kind: "customer" }>> {
  const customer = await getCustomer(request);
  if (!customer) throw new NotSignedIn("Start a chat first.");
  return customer;
}
