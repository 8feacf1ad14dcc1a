export interface Reply {
  status: number;
  headers: Headers;
  // Tests say by their expectations what it must be.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  body: any;
}

/** Calls the JSON doors of a program as a program does: a bearer token, no cookies. */
export async function call(
  base: string,
  path: string,
  options: { token?: string; body?: object; method?: string; headers?: Record<string, string> } = {},
): Promise<Reply> {
  const { token, body, method = body ? "POST" : "GET", headers = {} } = options;
  const response = await fetch(base + path, {
    method,
    headers: {
      ...(body ? { "Content-Type": "application/json" } : {}),
      ...(token ? { Authorization: `Bearer ${token}` } : {}),
      ...headers,
    },
    body: body && JSON.stringify(body),
    redirect: "manual",
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text.startsWith("{") ? JSON.parse(text) : text };
}

/** Sends a page's form as a browser without JavaScript does. */
export async function submit(
  base: string,
  path: string,
  fields: Record<string, string>,
  cookie: string,
): Promise<Response> {
  return fetch(base + path, {
    method: "POST",
    headers: { Cookie: cookie, Origin: base, Accept: "text/html" },
    body: new URLSearchParams(fields),
    redirect: "manual",
  });
}
