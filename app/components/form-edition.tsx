/**
 * Goes first into a form whose text is sent from pages. A browser that goes Back or reloads puts typed text only into
 * a form with the same names: unsent text comes back, and what was sent (`sent`: how much so far) is not offered again.
 */
export function FormEdition({ sent }: { sent: number }) {
  return <input type="hidden" name={`edition-${sent}`} />;
}
