import { data } from "@remix-run/node";

/** Every address that no other route knows. */
export function loader(): never {
  throw data(null, { status: 404 });
}

export const action = loader;

export default function Nowhere() {
  return null;
}
