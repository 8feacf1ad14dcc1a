import { Link } from "@remix-run/react";
import type { SecondFactor } from "~/auth/second-factor.server";
import { buttonClass } from "~/components/button";
import { Pill } from "~/components/pill";
import { DateTime } from "~/components/time";
import { useStaffText } from "~/messages/staff-text";

export function SecondFactorCard({ factor }: { factor: SecondFactor }) {
  const t = useStaffText();
  return (
    <section aria-labelledby="factor" className="card mt-5 p-5 sm:p-6">
      <h2 id="factor" className="flex items-center gap-2 text-base font-semibold">
        {t("factor.title")}
        {factor.enrolledAt && <Pill tone="accent">{t("users.factor.on")}</Pill>}
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
