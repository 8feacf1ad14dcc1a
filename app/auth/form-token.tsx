import { useRootData } from "~/root-data";

/** Goes into every form that posts: proof that the form is ours where a browser sends neither Sec-Fetch-Site nor Origin. */
export function FormToken() {
  return <input type="hidden" name="_token" value={useRootData()?.formToken ?? ""} />;
}
