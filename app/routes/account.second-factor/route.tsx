import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useActionData, useLoaderData } from "@remix-run/react";
import { requireStaff } from "~/auth/require.server";
import { beginEnrolment, mustEnrol, secondFactorOf } from "~/auth/second-factor.server";
import { buttonClass } from "~/components/button";
import { staffTextsFor } from "~/messages/staff-catalogue.server";
import { useStaffText } from "~/messages/staff-text";
import { answerIntent } from "./actions.server";
import { EnrolForm } from "./enrol-form";
import { ManageForms } from "./manage-forms";
import { qrCode } from "./qr-code.server";

export async function loader({ request }: LoaderFunctionArgs) {
  const staff = await requireStaff(request);
  const title = staffTextsFor(request)["factor.title"];
  const [factor, required] = await Promise.all([secondFactorOf(staff.userId), mustEnrol(staff)]);
  if (factor.enrolledAt) return { title, factor, required, enrolment: null };
  const { uri, secret } = await beginEnrolment(staff);
  return { title, factor, required, enrolment: { secret, qr: qrCode(uri) } };
}

export async function action({ request }: ActionFunctionArgs) {
  return answerIntent(await requireStaff(request), request);
}

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data?.title ?? "Second factor"} · HeraDesk` },
];

/** Setting up an authenticator app, and what comes after. */
export default function SecondFactorPage() {
  const t = useStaffText();
  const { factor, enrolment, required } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const refusal = answer?.ok === false ? answer : undefined;
  if (answer?.ok) return <RecoveryCodes codes={answer.codes} />;
  return (
    <>
      <h1 className="text-xl font-semibold tracking-tight">{t("factor.title")}</h1>
      <p className="mt-1 text-text-muted">{t("factor.intro")}</p>
      {required && (
        <p role="status" className="mt-4 rounded bg-waiting-soft px-3 py-2.5 font-medium">
          {t("factor.required")}
        </p>
      )}
      {enrolment ? (
        <EnrolForm enrolment={enrolment} refusal={refusal} />
      ) : (
        <ManageForms left={factor.recoveryCodesLeft} refusal={refusal} />
      )}
    </>
  );
}

function RecoveryCodes({ codes }: { codes: string[] }) {
  const t = useStaffText();
  return (
    <>
      <h1 className="text-xl font-semibold tracking-tight">{t("factor.codes.title")}</h1>
      <p className="mt-1 text-text-muted">{t("factor.codes.text")}</p>
      <ul className="mt-5 grid gap-x-8 gap-y-2 rounded-lg border border-line bg-surface p-5 font-mono text-base shadow sm:grid-cols-2">
        {codes.map((code) => (
          <li key={code} dir="ltr">
            {code}
          </li>
        ))}
      </ul>
      <Link to="/account" className={`${buttonClass({ look: "primary" })} mt-5 print:hidden`}>
        {t("factor.codes.kept")}
      </Link>
    </>
  );
}
