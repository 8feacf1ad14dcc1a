/** Who is asking. Every verb takes one; its SQL finds only what this one may see. */
export type Actor = Customer | Staff;

export interface Customer {
  kind: "customer";
  visitorId: string;
}

export interface Staff {
  kind: "staff";
  userId: number;
  username: string;
  name: string;
  role: "admin" | "cs";
  /** The sign-in this request belongs to; revoking it ends every socket that carries it. */
  sid: string;
}
