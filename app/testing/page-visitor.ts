export type PageVisitor = ReturnType<typeof pageVisitor>;

/** A browser without scripts: keeps cookies, follows nothing, and sends what the last page's form carries. */
export function pageVisitor(base: string, headers: Record<string, string> = {}) {
  const jar = new Map<string, string>();

  async function send(path: string, init: RequestInit): Promise<Response> {
    const response = await fetch(base + path, {
      ...init,
      headers: { Accept: "text/html", ...headers, ...(jar.size > 0 && { Cookie: cookies() }), ...init.headers },
      redirect: "manual",
    });
    for (const cookie of response.headers.getSetCookie()) keep(cookie);
    return response;
  }

  function keep(setCookie: string) {
    const [, name, value] = /^([^=]+)=([^;]*)/.exec(setCookie) ?? [];
    if (!name) return;
    if (/max-age=0/i.test(setCookie)) jar.delete(name);
    else jar.set(name, value ?? "");
  }

  const cookies = () => [...jar].map(([name, value]) => `${name}=${value}`).join("; ");

  return {
    jar,
    cookies,
    get: (path: string, more: Record<string, string> = {}) => send(path, { headers: more }),
    /** `more` can take the Origin away or give another. */
    post: (path: string, fields: Record<string, string>, more: Record<string, string> = { Origin: base }) =>
      send(path, { method: "POST", body: new URLSearchParams(fields), headers: more }),
  };
}

/** The hidden field that every form of a page carries. */
export function formTokenIn(html: string): string {
  return /name="_token" value="([\w-]*)"/.exec(html)?.[1] ?? "";
}
