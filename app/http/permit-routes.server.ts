import { data, redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type ServerBuild } from "@remix-run/node";
import { refused } from "~/api/answer.server";
import { ROUTES, type Who } from "~/auth/permissions";
import { permit } from "~/auth/permit.server";
import { getCustomer, getStaff, shareStaff, signInFirst } from "~/auth/require.server";
import { mustEnrol } from "~/auth/second-factor.server";
import { NotAllowed, NotSignedIn, Refusal, refusalFrom } from "~/chat/errors";
import { log } from "~/log.server";
import { catalogueFor } from "~/messages/catalogue.server";
import { refusalIn } from "~/messages/refusal-language.server";
import { formFields } from "./form-fields.server";
import type { KeptForm } from "./kept-form";
import { keptForm, shareForm } from "./kept-form.server";
import { REFUSAL_STATUS, retryAfter } from "./refusal-status";

type Routes = ServerBuild["routes"];
type Route = NonNullable<Routes[string]>;
type Args = LoaderFunctionArgs | ActionFunctionArgs;

/** The build with the table of permissions before every loader and every action. */
export function permitRoutes(build: ServerBuild): ServerBuild {
  const routes = Object.entries(build.routes).flatMap(([id, route]) => (route ? [[id, route] as const] : []));
  return { ...build, routes: Object.fromEntries(routes.map(([id, route]) => [id, guard(route, build.routes)])) };
}

function guard(route: Route, routes: Routes): Route {
  const pattern = patternOf(route, routes) || "/";
  const who = ROUTES[pattern];
  const before =
    <T extends Args, R>(handle: (args: T) => R) =>
    async (args: T) => {
      shareForm(args.request, args.context, route.index === true);
      try {
        const refusal = await whyNot(who, pattern, args);
        if (refusal instanceof Response && pattern.startsWith("/api/")) return refusal;
        if (refusal) throw refusal;
        return await handle(args);
      } catch (error) {
        throw await failed(error, args.request);
      }
    };
  const { loader, action } = route.module;
  return {
    ...route,
    module: { ...route.module, ...(loader && { loader: before(loader) }), ...(action && { action: before(action) }) },
  } as Route;
}

function patternOf({ parentId, path }: Route, routes: Routes): string {
  const parent = parentId && routes[parentId];
  return (parent ? patternOf(parent, routes) : "") + (path ? `/${path}` : "");
}

/** @returns null for who may; for others what they get instead: JSON, the sign-in form, or a page that says so. */
async function whyNot(who: Who | undefined, pattern: string, { request, context }: Args) {
  if (who === "anyone") return null;
  shareStaff(request, context);
  try {
    const actor = who === "customer" ? await getCustomer(request) : await actorOf(who, request);
    permit(who, actor);
    if (actor?.kind === "staff" && !ENROLLING.has(pattern) && (await mustEnrol(actor)))
      return enrolFirst(pattern, request);
    return null;
  } catch (error) {
    if (pattern.startsWith("/api/")) return refused(error, request);
    if (error instanceof NotAllowed)
      return new Response(refusalIn(catalogueFor(request).language, error.message), { status: 403 });
    if (!(error instanceof NotSignedIn)) throw error;
    // What is not theirs is not there.
    return who === "customer" || who === "party" ? data(null, { status: 404 }) : signInFirst(request);
  }
}

/** What is open to somebody who has yet to set up the second factor that the organisation asks for. */
const ENROLLING = new Set(["/account", "/account/second-factor", "/api/auth/me"]);

function enrolFirst(pattern: string, request: Request) {
  if (!pattern.startsWith("/api/")) return redirect("/account/second-factor");
  return refused(new NotAllowed("Set up your second factor first."), request);
}

/**
 * What a verb refuses and a page did not expect is still a refusal, and no fault of ours; so is a database that is away.
 * Where it is no doing of theirs, their form comes back with it, to be sent again.
 */
async function failed(error: unknown, request: Request): Promise<unknown> {
  if (!(error instanceof Error) || request.signal.aborted) return error;
  const refusal = refusalFrom(error);
  const status = refusal ? REFUSAL_STATUS[refusal.code] : 500;
  const kept = status >= 500 ? await formOf(request) : null;
  // Remix reports a fault of ours; nothing is to be shown but that.
  if (!refusal && !kept) return error;
  if (!(error instanceof Refusal)) log().error({ error: error.stack }, "a page failed");
  const init = { status, headers: refusal ? retryAfter(refusal) : undefined };
  if (kept) return Response.json({ kept }, init);
  return new Response(refusal && refusalIn(catalogueFor(request).language, refusal.message), init);
}

/** Read late, when it failed before anybody did. */
async function formOf(request: Request): Promise<KeptForm | null> {
  if (request.method === "POST" && !request.bodyUsed) await formFields(request).catch(() => {});
  return keptForm(request);
}

const actorOf = async (who: Who | undefined, request: Request) =>
  (await getStaff(request)) ?? (who === "party" ? getCustomer(request) : null);
