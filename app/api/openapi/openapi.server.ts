import { readFileSync } from "node:fs";
import { CALLS, type Call } from "./calls.server";
import { schemaOf } from "./schema-of.server";

type Json = Record<string, unknown>;

let made: Json | undefined;

/** OpenAPI 3.1 of all calls, from the same schemas that read them. */
export function openapi(): Json {
  return (made ??= {
    openapi: "3.1.0",
    info: {
      title: "HeraDesk",
      version: version(),
      description: "Answers are JSON with `success`; refusals carry `error.code` and `error.message`.",
    },
    components: {
      securitySchemes: {
        staff: { type: "http", scheme: "bearer", description: "The `token` of a sign-in; browsers use the cookie." },
        customer: {
          type: "http",
          scheme: "bearer",
          description: "The `customerToken` of a chat; browsers use the cookie.",
        },
      },
      schemas: {
        Refusal: {
          type: "object",
          required: ["success", "error"],
          properties: {
            success: { const: false },
            error: {
              type: "object",
              required: ["code", "message"],
              properties: {
                code: { type: "string" },
                message: { type: "string" },
                fields: { type: "object", additionalProperties: { type: "string" } },
              },
            },
          },
        },
      },
    },
    paths: Object.fromEntries(
      Object.entries(CALLS).map(([path, methods]) => [
        path.replace(/:(\w+)/g, "{$1}"),
        Object.fromEntries(
          Object.entries(methods).map(([method, call]) => [method.toLowerCase(), operation(path, call)]),
        ),
      ]),
    ),
  });
}

const version = () => (JSON.parse(readFileSync("package.json", "utf8")) as { version: string }).version;

function operation(path: string, call: Call): Json {
  const refused = { description: "Refused", content: json({ $ref: "#/components/schemas/Refusal" }) };
  return {
    summary: call.says,
    tags: [path.split("/")[2]],
    security: call.who === "anyone" ? [] : [{ [call.who === "customer" ? "customer" : "staff"]: [] }],
    parameters: [...inPath(path), ...inQuery(call)],
    ...((call.body || call.type === "multipart/form-data") && {
      requestBody: { required: true, content: call.body ? json(schemaOf(call.body)) : { [call.type ?? ""]: {} } },
    }),
    responses: { [call.status ?? 200]: answer(call), default: refused },
  };
}

const json = (schema: Json) => ({ "application/json": { schema } });

const inPath = (path: string) =>
  [...path.matchAll(/:(\w+)/g)].map(([, name]) => ({ name, in: "path", required: true, schema: { type: "string" } }));

function inQuery({ query }: Call): Json[] {
  if (!query) return [];
  return Object.entries(query.shape).map(([name, schema]) => ({
    name,
    in: "query",
    required: false,
    schema: schemaOf(schema),
  }));
}

function answer({ gives = [], type }: Call): Json {
  if (type && type !== "multipart/form-data") return { description: "Done", content: { [type]: {} } };
  const properties = Object.fromEntries([["success", { const: true }], ...gives.map((name) => [name, {}])]);
  return { description: "Done", content: json({ type: "object", required: ["success"], properties }) };
}
