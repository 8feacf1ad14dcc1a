import type { KeptForm } from "./kept-form";

/** What nobody is shown again, not even whoever typed it. */
const SECRET = /^(password|current|next|code)$/;

interface Holder {
  action: string;
  form: KeptForm | null;
}

const holders = new WeakMap<object, Holder>();

/**
 * The loaders of the page that answers a form each get a request of their own: `whole` stands for all of them. Remix hides
 * from an index route that it was meant.
 */
export function shareForm(request: Request, whole: object, isIndex: boolean) {
  const holder = holders.get(whole) ?? { action: "", form: null };
  if (request.method === "POST") holder.action = addressOf(request, isIndex);
  holders.set(whole, holder).set(request, holder);
}

function addressOf(request: Request, isIndex: boolean) {
  const { pathname, searchParams } = new URL(request.url);
  if (isIndex) searchParams.set("index", "");
  return `${pathname.replace(/\.data$/, "")}?${searchParams.toString()}`;
}

/** What a form said, for the page that comes in place of its answer when that fails. @returns it without the form's token */
export function keepForm(request: Request, posted: KeptForm["entries"]): KeptForm["entries"] {
  const entries = posted.filter(([name]) => name !== "_token");
  const holder = holders.get(request);
  if (holder && !entries.some(([name]) => SECRET.test(name))) holder.form = { action: holder.action, entries };
  return entries;
}

export const keptForm = (request: Request): KeptForm | null => holders.get(request)?.form ?? null;
