import { createHash, randomBytes, timingSafeEqual } from "node:crypto";

/** 256 random bits, safe in a cookie or a URL. */
export const newSecret = () => randomBytes(32).toString("base64url");

/** What the database keeps of a secret. A fast hash is right here: the secret is random, not chosen. */
export const hashSecret = (secret: string) => createHash("sha256").update(secret).digest();

export const sameHash = (a: Buffer, b: Buffer | null) => b !== null && a.length === b.length && timingSafeEqual(a, b);
