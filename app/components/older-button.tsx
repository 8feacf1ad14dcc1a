import { useText } from "~/messages/text";
import { buttonClass } from "./button";

/** Leads back in a long log; scrolling there does the same. */
export function OlderButton({ paging, failed, back }: { paging: boolean; failed: boolean; back(): Promise<void> }) {
  const t = useText();
  return (
    <p className="mb-2 text-center">
      <button
        type="button"
        aria-disabled={paging || undefined}
        onClick={() => void back()}
        className={buttonClass({ look: "quiet", size: "sm" })}
      >
        {t(paging ? "log.loading" : failed ? "log.olderFailed" : "log.older")}
      </button>
    </p>
  );
}
