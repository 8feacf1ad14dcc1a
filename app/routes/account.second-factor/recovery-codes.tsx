import { Link } from "@remix-run/react";
import Copy from "lucide-react/icons/copy";
import Printer from "lucide-react/icons/printer";
import { useState } from "react";
import { Button, buttonClass } from "~/components/button";
import { PageHead } from "~/components/page-head";
import { useHydrated } from "~/components/use-hydrated";
import { useStaffText } from "~/messages/staff-text";

/** Shown once; on paper nothing else is printed. */
export function RecoveryCodes({ codes }: { codes: string[] }) {
  const t = useStaffText();
  const hydrated = useHydrated();
  const [copied, setCopied] = useState(false);
  const copy = () => void navigator.clipboard.writeText(codes.join("\n")).then(() => setCopied(true));
  return (
    <>
      <PageHead title={t("factor.codes.title")} intro={t("factor.codes.text")} />
      <ul className="card grid gap-x-8 gap-y-2 p-5 font-mono text-base tabular-nums sm:grid-cols-2 sm:p-6">
        {codes.map((code) => (
          <li key={code} dir="ltr">
            {code}
          </li>
        ))}
      </ul>
      <div className="mt-5 flex flex-wrap gap-2 print:hidden">
        <Link to="/account" className={buttonClass({ look: "primary" })}>
          {t("factor.codes.kept")}
        </Link>
        {hydrated && (
          <>
            <Button type="button" onClick={() => print()}>
              <Printer size={16} aria-hidden="true" />
              {t("factor.codes.print")}
            </Button>
            <Button type="button" onClick={copy}>
              <Copy size={16} aria-hidden="true" />
              <span role="status">{t(copied ? "reset.copied" : "reset.copy")}</span>
            </Button>
          </>
        )}
      </div>
    </>
  );
}
