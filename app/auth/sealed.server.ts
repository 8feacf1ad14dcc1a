import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";
import { env } from "~/env.server";

const IV_BYTES = 12;
const TAG_BYTES = 16;

const keyFor = (purpose: string) =>
  Buffer.from(hkdfSync("sha256", env().JWT_SECRET ?? "", "", `heradesk ${purpose}`, 32));

/** Encrypts what the database keeps (AES-256-GCM), bound to its purpose and owner: copied to another row it opens no more. */
export function seal(plain: Buffer, purpose: string, owner: number): Buffer {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv("aes-256-gcm", keyFor(purpose), iv).setAAD(Buffer.from(String(owner)));
  const sealed = Buffer.concat([cipher.update(plain), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), sealed]);
}

/** @returns null for what was tampered with, or sealed under another JWT_SECRET. */
export function unseal(sealed: Buffer, purpose: string, owner: number): Buffer | null {
  try {
    const decipher = createDecipheriv("aes-256-gcm", keyFor(purpose), sealed.subarray(0, IV_BYTES), {
      // Without it a tag cut to four bytes would do.
      authTagLength: TAG_BYTES,
    })
      .setAAD(Buffer.from(String(owner)))
      .setAuthTag(sealed.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
    return Buffer.concat([decipher.update(sealed.subarray(IV_BYTES + TAG_BYTES)), decipher.final()]);
  } catch {
    return null;
  }
}
