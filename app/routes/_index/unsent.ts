const KEY = "heradesk:unsent";

/** A message that has no chat yet: written into the start form, or left over when a chat ended. Empty: forget it. */
export function keepUnsent(text: string): void {
  // Storage may be switched off or full; then the text lives as long as the page.
  try {
    if (text) localStorage.setItem(KEY, text);
    else localStorage.removeItem(KEY);
  } catch {}
}

export function unsentText(): string {
  try {
    return localStorage.getItem(KEY) ?? "";
  } catch {
    return "";
  }
}
