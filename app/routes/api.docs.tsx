import type { MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { CALLS, type Call } from "~/api/openapi/calls.server";
import { socketEvents } from "~/api/openapi/events.server";
import { schemaOf } from "~/api/openapi/schema-of.server";
import { Pill } from "~/components/pill";
import { SiteHeader } from "~/components/site-header";

export function loader() {
  const calls = Object.entries(CALLS).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, call]) => ({ path, method, ...shown(call) })),
  );
  const names = [...new Set(calls.map(({ path }) => path.split("/")[2] ?? ""))];
  const groups = names.map((name) => ({ name, calls: calls.filter(({ path }) => path.split("/")[2] === name) }));
  return { groups, sockets: socketEvents() };
}

const shown = ({ says, who, status = 200, gives = [], body, query }: Call) => ({
  says,
  who,
  status,
  gives,
  sends: body ? fields(schemaOf(body)) : [],
  asks: query ? Object.keys(query.shape) : [],
});

function fields({ properties = {}, required = [] }: Record<string, unknown>) {
  return Object.keys(properties as object).map((name) => `${name}${(required as string[]).includes(name) ? "" : "?"}`);
}

export const meta: MetaFunction = () => [{ title: "API · HeraDesk" }];

/** The calls and events for whoever writes a program; made from what the program itself reads with. In English. */
export default function ApiDocs() {
  const { groups, sockets } = useLoaderData<typeof loader>();
  return (
    <>
      <SiteHeader />
      <main id="main" tabIndex={-1} lang="en" className="mx-auto max-w-4xl px-4 pb-16 outline-none sm:px-8">
        <h1 className="text-2xl font-semibold tracking-tight">API</h1>
        <p className="mt-2 max-w-prose text-text-muted">
          Answers are JSON with <code>success</code>; refusals carry <code>error.code</code> and{" "}
          <code>error.message</code>. Programs send <code>Authorization: Bearer</code> with the token of a sign-in or of
          a chat. For generators:{" "}
          <a href="/api/openapi.json" className="text-accent underline underline-offset-2">
            openapi.json
          </a>
          .
        </p>
        {groups.map(({ name, calls }) => (
          <section key={name} aria-labelledby={`calls-${name}`} className="mt-8">
            <h2 id={`calls-${name}`} className="text-lg font-semibold">
              /api/{name}
            </h2>
            <ul className="card mt-3 divide-y divide-line">
              {calls.map((call) => (
                <li key={`${call.method} ${call.path}`} className="px-4 py-3 text-sm">
                  <p className="flex flex-wrap items-center gap-2">
                    <code className="break-anywhere font-semibold">
                      {call.method} {call.path}
                    </code>
                    <Pill>{call.who}</Pill>
                  </p>
                  <p className="mt-1 text-text-muted">{call.says}</p>
                  <Names label="Query" names={call.asks} />
                  <Names label="Body" names={call.sends} />
                  <Names label={String(call.status)} names={call.gives} />
                </li>
              ))}
            </ul>
          </section>
        ))}
        <h2 className="mt-10 text-lg font-semibold">Sockets</h2>
        <p className="mt-2 max-w-prose text-text-muted">
          A frame is JSON: <code>{"{ event, data, requestId? }"}</code>. A request with a <code>requestId</code> gets
          one answer that carries it, or <code>system:error</code>.
        </p>
        {sockets.map(({ path, events }) => (
          <section key={path} aria-labelledby={`at-${path}`} className="mt-6">
            <h3 id={`at-${path}`} className="font-semibold">
              {path}
            </h3>
            <ul className="card mt-3 divide-y divide-line">
              {events.map(({ event, fields }) => (
                <li key={event} className="px-4 py-3 text-sm">
                  <code className="font-semibold">{event}</code>
                  <Names label="data" names={fields.map(({ name, required }) => (required ? name : `${name}?`))} />
                </li>
              ))}
            </ul>
          </section>
        ))}
      </main>
    </>
  );
}

function Names({ label, names }: { label: string; names: string[] }) {
  if (names.length === 0) return null;
  return (
    <p className="mt-1">
      <span className="text-text-muted">{label}: </span>
      <code className="break-anywhere">{names.join(", ")}</code>
    </p>
  );
}
