/**
 * Who may import whom: doors (routes, realtime, server.ts) -> domains -> db, env; never back.
 * Each rule is { files, ignores?, refuse: [{ regex, message, allowTypeImports? }] }; scripts/import-rules.test.ts
 * shows each of them a line it must refuse.
 */
const DOMAINS = ["chat", "people", "canned", "files", "activity", "reports", "settings"];

/** `~/name…` or the same by a relative path out of the folder. */
const folder = (names) => `^(~|\\.|\\.\\.(/\\.\\.)*)/(${names.join("|")})(/|$)`;
const SERVER_MODULE = "\\.server(\\.[jt]sx?)?$";

const doors = {
  regex: folder(["routes", "realtime", "root", "entry\\.(client|server)"]),
  message: "A door calls a domain, never the other way round: publish through chat/publish.server.",
};
const pieces = { regex: folder(["components"]), message: "What a page looks like is not the domain's business." };
const transport = {
  regex: "^(ws|express|react|react-dom|pg-listen|@remix-run/.*)$",
  message: "The domain knows SQL and no transport: let the door translate.",
};
const domains = { regex: folder([...DOMAINS, "auth"]), message: "The database and the environment know no domain." };
const testing = { regex: folder(["testing"]), message: "Only tests import from app/testing." };
const driver = {
  regex: "^pg(-pool)?$",
  allowTypeImports: true,
  message: "Talk to the database through ~/db.server.",
};

const serverModules = {
  regex: SERVER_MODULE,
  allowTypeImports: true,
  message: "This module reaches the browser: *.server modules, secrets and the database must not come with it.",
};
const nodeModules = { regex: "^node:", message: "This module reaches the browser, which has no Node." };

const beyondShapes = {
  regex: `^(~|\\.\\.(/\\.\\.)*)/(${[...DOMAINS, "auth", "realtime", "routes"].join("|")})/(?!([\\w-]+/)*(shapes|form-token)$)`,
  allowTypeImports: true,
  message: "Components know types and shapes only; the route hands them the rest.",
};
const sockets = { regex: "^(ws|pg-listen)$", message: "Routes never touch a socket: call the domain's verb." };
const realtimeServer = {
  regex: `${folder(["realtime"]).replace("(/|$)", "/")}.*${SERVER_MODULE}`,
  message: "The two doors do not know each other: call the domain's verb.",
};

const TESTS = ["app/**/*.test.{ts,tsx}", "app/testing/**", "app/**/testing/**"];
const ROUTE_MODULES = ["app/routes/*.{ts,tsx}", "app/routes/*/route.{ts,tsx}", "app/root.tsx", "app/entry.server.tsx"];

export const IMPORT_RULES = [
  { files: ["app/{db,env}.server.ts"], refuse: [domains, doors, pieces, testing] },
  {
    files: [`app/{${DOMAINS.join(",")}}/**/*.server.{ts,tsx}`],
    refuse: [doors, pieces, transport, driver, testing],
  },
  { files: ["app/auth/**/*.server.{ts,tsx}"], refuse: [doors, pieces, driver, testing] },
  {
    files: [`app/{${DOMAINS.join(",")},auth}/**/*.{ts,tsx}`],
    ignores: ["app/**/*.server.{ts,tsx}"],
    refuse: [doors, pieces, serverModules, nodeModules, testing],
  },
  { files: ["app/components/**/*.{ts,tsx}"], refuse: [beyondShapes, serverModules, nodeModules, sockets, testing] },
  { files: ["app/realtime/client/**/*.{ts,tsx}"], refuse: [serverModules, nodeModules, sockets, testing] },
  {
    files: ["app/realtime/**/*.server.{ts,tsx}"],
    refuse: [{ ...pieces, regex: folder(["routes", "components"]) }, testing],
  },
  { files: ROUTE_MODULES, refuse: [sockets, realtimeServer, driver, testing] },
  {
    files: ["app/routes/**/*.server.{ts,tsx}"],
    refuse: [sockets, realtimeServer, driver, testing],
  },
  {
    files: ["app/routes/**/*.{ts,tsx}", "app/entry.client.tsx"],
    ignores: [...ROUTE_MODULES, "app/**/*.server.{ts,tsx}"],
    refuse: [sockets, serverModules, nodeModules, testing],
  },
].map((rule) => ({ ...rule, ignores: [...(rule.ignores ?? []), ...TESTS] }));

/** Everywhere but in the domain: a NOTIFY of one's own would be a second way to publish. */
export const NOTIFY_RULE = {
  files: ["app/routes/**/*.{ts,tsx}", "app/realtime/**/*.{ts,tsx}", "app/components/**/*.{ts,tsx}", "server.ts"],
  ignores: TESTS,
  selectors: ["Literal[value=/pg_notify|^\\s*notify /i]", "TemplateElement[value.raw=/pg_notify|^\\s*notify /i]"],
  message: "Nothing but the domain says NOTIFY: publish through chat/publish.server.",
};
