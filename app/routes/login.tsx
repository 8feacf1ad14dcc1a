import { data, redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData, useNavigation } from "@remix-run/react";
import { useRef } from "react";
import { stepCookie } from "~/auth/cookies.server";
import { FormToken } from "~/auth/form-token";
import { homeOf, loginInput, safeRedirect, signIn } from "~/auth/login.server";
import { getStaff } from "~/auth/require.server";
import { signStep } from "~/auth/sign-in-step.server";
import { SecondFactorRequired } from "~/chat/errors";
import { Button } from "~/components/button";
import { DemoAccounts } from "~/components/demo-accounts";
import { Field } from "~/components/field";
import { PasswordField } from "~/components/password-field";
import { LanguageSwitch } from "~/components/language-switch";
import { SiteHeader } from "~/components/site-header";
import { env } from "~/env.server";
import { useText } from "~/messages/text";
import { formFields } from "~/http/form-fields.server";
import { refusalResponse } from "./refusal.server";

export async function loader({ request }: LoaderFunctionArgs) {
  const redirectTo = new URL(request.url).searchParams.get("redirectTo");
  const staff = await getStaff(request);
  if (staff) throw redirect(safeRedirect(redirectTo, homeOf(staff)));
  return data({ localTrial: env().LOCAL_TRIAL, redirectTo });
}

export async function action({ request, context }: ActionFunctionArgs) {
  const form = await formFields(request);
  try {
    const from = { ip: context.clientIp, userAgent: request.headers.get("User-Agent") };
    const { user, cookies } = await signIn(loginInput.parse(form), from, request.headers.get("Cookie"));
    const to = safeRedirect(form.redirectTo, homeOf(user));
    return redirect(to, { status: 303, headers: cookies.map((cookie): [string, string] => ["Set-Cookie", cookie]) });
  } catch (error) {
    if (error instanceof SecondFactorRequired) return askForCode(error.userId, form.redirectTo);
    return refusalResponse(error, { username: form.username ?? "" }, request);
  }
}

async function askForCode(userId: number, redirectTo: string | undefined) {
  const to = redirectTo ? `?redirectTo=${encodeURIComponent(redirectTo)}` : "";
  const headers = { "Set-Cookie": stepCookie.write(await signStep(userId)) };
  return redirect(`/login/code${to}`, { status: 303, headers });
}

export const meta: MetaFunction = () => [{ title: "Sign in · HeraDesk" }, { name: "robots", content: "noindex" }];

export default function Login() {
  const t = useText();
  const { localTrial, redirectTo } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const busy = useNavigation().state !== "idle";
  const form = useRef<HTMLFormElement>(null);
  const general = answer && !Object.keys(answer.fields).length ? answer.message : undefined;
  return (
    <div className="feathers flex min-h-[100dvh] flex-col">
      <SiteHeader />
      <main id="main" tabIndex={-1} className="mx-auto w-full max-w-md flex-1 px-4 pb-16 pt-4 outline-none sm:pt-12">
        <div className="card p-6 sm:p-8">
          <h1 className="text-2xl font-semibold tracking-tight">{t("login.title")}</h1>
          <p className="mt-1 text-text-muted">{t("login.text")}</p>
          <Form ref={form} method="post" replace className="mt-6 flex flex-col gap-5">
            <FormToken />
            {redirectTo && <input type="hidden" name="redirectTo" value={redirectTo} />}
            {general && (
              <p role="alert" className="rounded bg-danger-soft px-3 py-2.5 text-sm font-medium text-danger">
                {general}
              </p>
            )}
            <Field
              label={t("login.username")}
              name="username"
              required
              autoComplete="username"
              autoCapitalize="none"
              spellCheck={false}
              defaultValue={answer?.kept.username}
              error={answer?.fields.username}
            />
            <PasswordField label={t("login.password")} error={answer?.fields.password} />
            <Button look="primary" size="lg" aria-disabled={busy || undefined}>
              {t(busy ? "login.busy" : "login.submit")}
            </Button>
          </Form>
        </div>
        {localTrial && <DemoAccounts form={form} />}
        <p className="mt-6 text-center text-sm text-text-muted">
          <Link to="/" className="rounded underline underline-offset-2 hover:text-text">
            {t("login.customer")}
          </Link>
        </p>
        <LanguageSwitch className="mt-3 flex justify-center text-sm" />
      </main>
    </div>
  );
}
