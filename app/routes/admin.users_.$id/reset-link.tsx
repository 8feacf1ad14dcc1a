import Copy from "lucide-react/icons/copy";
import { useId, useState } from "react";
import { Button } from "~/components/button";
import { useHydrated } from "~/components/use-hydrated";
import { useStaffText } from "~/messages/staff-text";

/** A link that is shown once, to be given to the one it is for. */
export function ResetLink({ link }: { link: string }) {
  const t = useStaffText();
  const id = useId();
  const hydrated = useHydrated();
  const [copied, setCopied] = useState(false);
  const copy = () => void navigator.clipboard.writeText(link).then(() => setCopied(true));
  return (
    <section aria-labelledby={`${id}-title`} className="rounded-lg border border-accent bg-accent-soft p-4">
      <h2 id={`${id}-title`} className="font-semibold text-accent-strong">
        {t("reset.link")}
      </h2>
      <p id={`${id}-text`} className="mt-1">
        {t("reset.link.text")}
      </p>
      <div className="mt-3 flex flex-wrap gap-2">
        <input
          readOnly
          value={link}
          aria-labelledby={`${id}-title`}
          aria-describedby={`${id}-text`}
          onFocus={(event) => event.currentTarget.select()}
          className="input min-w-0 flex-1 basis-64 font-mono !text-xs"
        />
        {hydrated && (
          <Button type="button" onClick={copy} className="min-h-[44px]">
            <Copy size={16} aria-hidden="true" />
            <span role="status">{t(copied ? "reset.copied" : "reset.copy")}</span>
          </Button>
        )}
      </div>
    </section>
  );
}
