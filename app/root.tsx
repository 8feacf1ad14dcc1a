import { data, type LinksFunction, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import {
  Links,
  LiveReload,
  Meta,
  Outlet,
  Scripts,
  ScrollRestoration,
  type ShouldRevalidateFunction,
} from "@remix-run/react";
import { useEffect, type ReactNode } from "react";
import interLatin from "../node_modules/@fontsource-variable/inter/files/inter-latin-wght-normal.woff2";
import { ErrorPage } from "./components/error-page";
import { useChosenTheme } from "./components/theme-switch";
import { catalogueFor } from "./messages/catalogue.server";
import { useText } from "./messages/text";
import { useNonce } from "./nonce";
import { preferencesOf } from "./preferences.server";
import { brand as brandOf } from "./settings/brand.server";
import { useRootData } from "./root-data";
import styles from "./tailwind.css";

export const links: LinksFunction = () => [
  { rel: "preload", href: interLatin, as: "font", type: "font/woff2", crossOrigin: "anonymous" },
  { rel: "icon", href: "/favicon.svg", type: "image/svg+xml" },
];

export const meta: MetaFunction = () => [{ title: "HeraDesk" }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const brand = await brandOf();
  return data({ ...preferencesOf(request), ...catalogueFor(request), formToken: context.formToken, brand });
}

// What somebody chose changes by forms alone: an address that changes asks for nothing again.
export const shouldRevalidate: ShouldRevalidateFunction = ({
  currentUrl,
  nextUrl,
  formMethod,
  defaultShouldRevalidate,
}) => (formMethod || currentUrl.href === nextUrl.href ? defaultShouldRevalidate : false);

export function Layout({ children }: { children: ReactNode }) {
  const nonce = useNonce();
  const root = useRootData();
  const theme = useChosenTheme();
  return (
    <html lang={root?.locale ?? "en"} data-theme={theme}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1, interactive-widget=resizes-content" />
        <meta name="theme-color" content="#f6f8f8" media="(prefers-color-scheme: light)" />
        <meta name="theme-color" content="#0b1413" media="(prefers-color-scheme: dark)" />
        <Meta />
        {/* With a precedence it stands before the scripts' preloads, which would keep it waiting. */}
        <link rel="stylesheet" href={styles} precedence="default" />
        <Links />
        {root?.brand.style && <link rel="stylesheet" href={root.brand.style} />}
      </head>
      <body>
        {children}
        <ScrollRestoration nonce={nonce} />
        <Scripts nonce={nonce} />
        <LiveReload nonce={nonce} />
      </body>
    </html>
  );
}

export default function App() {
  useRememberedTimeZone();
  return (
    <>
      <SkipLink />
      <Outlet />
    </>
  );
}

export function ErrorBoundary() {
  return <ErrorPage />;
}

function SkipLink() {
  const t = useText();
  return (
    <a
      href="#main"
      className="fixed start-3 top-3 z-50 -translate-y-24 rounded bg-accent px-4 py-2 font-medium text-on-accent focus:translate-y-0"
    >
      {t("app.skip")}
    </a>
  );
}

/** The server learns the reader's zone for the next page, so that times are right before scripts run. */
function useRememberedTimeZone() {
  const known = useRootData()?.timeZone;
  useEffect(() => {
    const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
    if (zone && zone !== known) {
      const [prefix, secure] = location.protocol === "https:" ? ["__Host-", "; Secure"] : ["", ""];
      document.cookie = `${prefix}tz=${encodeURIComponent(zone)}; Path=/; Max-Age=31536000; SameSite=Lax${secure}`;
    }
  }, [known]);
}
