/** "https://shop.example/orders/8841?a=1" -> "/orders/8841?a=1": agents know the site; null when it says nothing. */
export function pagePath(url: string | null): string | null {
  const page = safePage(url);
  return page && page.pathname + page.search;
}

/** Only what a browser may be sent to; a customer's page is what the customer said it is. */
export function safePage(url: string | null): URL | null {
  try {
    const page = new URL(url ?? "");
    return page.protocol === "https:" || page.protocol === "http:" ? page : null;
  } catch {
    return null;
  }
}
