import { Link } from "@remix-run/react";
import type { SecondFactor } from "~/auth/second-factor.server";
import { buttonClass } from "~/components/button";
import { DateTime } from "~/components/time";
import { useStaffText } from "~/messages/staff-text";

export function SecondFactorCard({ factor }: { factor: SecondFactor }) {
  const t = useStaffText();
  return (
    <section aria-labelledby="factor" className="mt-6 rounded-lg border border-line bg-surface p-5 shadow">
      <h2 id="factor" className="text-base font-semibold">
        {t("factor.title")}
      </h2>
      <p className="mt-1 text-text-muted">{t("factor.intro")}</p>
      <p className="mt-3 font-medium">
        {factor.enrolledAt ? (
          <>
            {t("factor.on")} <DateTime iso={factor.enrolledAt} />.{" "}
            <span className={factor.recoveryCodesLeft < 3 ? "text-danger" : "font-normal text-text-muted"}>
              {t("factor.left", { n: factor.recoveryCodesLeft })}
            </span>
          </>
        ) : (
          t("factor.off")
        )}
      </p>
      <Link
        to="/account/second-factor"
        className={`${buttonClass({ look: factor.enrolledAt ? "plain" : "primary" })} mt-4`}
      >
        {t(factor.enrolledAt ? "factor.manage" : "factor.setUp")}
      </Link>
    </section>
  );
}
